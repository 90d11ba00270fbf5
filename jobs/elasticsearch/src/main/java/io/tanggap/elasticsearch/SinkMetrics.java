package io.tanggap.elasticsearch;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a writer counts, by name, in the metric group {@value #GROUP} of its operator. Once nothing waits,
 * emitted + restored = conflated + indexed + stale + rejected. Every counter starts at zero with each attempt of the task.
 */
public final class SinkMetrics {
    public static final String GROUP = "tanggap";

    /** Elements that the sink was given. */
    public static final String DOCUMENTS_EMITTED = "documents_emitted";
    /** Documents that a checkpoint brought back. */
    public static final String DOCUMENTS_RESTORED = "documents_restored";
    /** Versions that were never stored because a newer one came before they were. */
    public static final String DOCUMENTS_CONFLATED = "documents_conflated";
    /** Versions that Elasticsearch stored and said so. */
    public static final String DOCUMENTS_INDEXED = "documents_indexed";
    /** Versions that Elasticsearch had already, or had a newer one of. */
    public static final String DOCUMENTS_STALE = "documents_stale";
    /** Attempts that are to be repeated; not part of the sum. */
    public static final String DOCUMENTS_RETRIED = "documents_retried";
    /** Documents that were refused for good. */
    public static final String DOCUMENTS_REJECTED = "documents_rejected";
    /** Documents stored in the place of refused ones; not part of the sum. */
    public static final String DEAD_LETTERS_INDEXED = "dead_letters_indexed";
    /** Bulk requests that were sent; not part of the sum. */
    public static final String REQUESTS = "bulk_requests";

    final Counter emitted;
    final Counter restored;
    final Counter conflated;
    final Counter indexed;
    final Counter stale;
    final Counter retried;
    final Counter rejected;
    final Counter deadLetters;
    final Counter requests;

    SinkMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        emitted = group.counter(DOCUMENTS_EMITTED);
        restored = group.counter(DOCUMENTS_RESTORED);
        conflated = group.counter(DOCUMENTS_CONFLATED);
        indexed = group.counter(DOCUMENTS_INDEXED);
        stale = group.counter(DOCUMENTS_STALE);
        retried = group.counter(DOCUMENTS_RETRIED);
        rejected = group.counter(DOCUMENTS_REJECTED);
        deadLetters = group.counter(DEAD_LETTERS_INDEXED);
        requests = group.counter(REQUESTS);
    }
}
