package io.tanggap.flink.metrics;

/**
 * The counters of the job, in the group {@link #GROUP}. At the end of an undisturbed run
 *
 * <pre>
 *   records_read = heartbeats_read + dead_letters_decode + events_tracked + dead_letters_fold
 * </pre>
 *
 * and the sink's counters satisfy {@code emitted = conflated + indexed + stale + rejected}. Alert on any dead letter, and
 * on {@code records_read} standing still while the topic grows.
 */
public final class MetricNames {
    public static final String GROUP = "tanggap";

    /** Records of the topic case-events, heartbeats included. */
    public static final String RECORDS_READ = "records_read";

    /** Heartbeats among them. */
    public static final String HEARTBEATS_READ = "heartbeats_read";

    /** Records that could not be decoded. */
    public static final String DEAD_LETTERS_DECODE = "dead_letters_decode";

    /** Events added to a history, copies included. */
    public static final String EVENTS_TRACKED = "events_tracked";

    /** Copies among them, as far as they were met by a fold or a tombstone. */
    public static final String EVENTS_DUPLICATE = "events_duplicate";

    /** Events of archived cases. */
    public static final String DEAD_LETTERS_FOLD = "dead_letters_fold";

    /** Folds of a history into a view. */
    public static final String FOLDS = "folds";

    /** Intake: records of channels read. */
    public static final String CHANNEL_RECORDS_READ = "channel_records_read";

    /** Intake: records of channels whose events were handed to Kafka; at the end as many as were read. */
    public static final String CHANNEL_RECORDS_TOLD = "channel_records_told";

    /** Intake: events that the records told. */
    public static final String EVENTS_ADMITTED = "events_admitted";

    /** Intake: events written to case-events; at the end as many as were admitted. */
    public static final String EVENTS_PUBLISHED = "events_published";

    /** Intake: records, or parts of records, that could not be used. */
    public static final String DEAD_LETTERS_INTAKE = "dead_letters_intake";

    /** Intake: parts of records that tell nothing about a case. */
    public static final String PARTS_SKIPPED = "parts_skipped";

    /** Intake: labels of categories that the reference does not list, each time one is met. */
    public static final String LABELS_UNLISTED = "labels_unlisted";

    /** Notification: alerts heard of, those of reprocesses too. */
    public static final String ALERTS_HEARD = "alerts_heard";

    /** Notification: messages made. */
    public static final String NOTICES_MADE = "notices_made";

    /** Notification: messages that a recipient took. */
    public static final String NOTICES_DELIVERED = "notices_delivered";

    /** Notification: attempts that are followed by another one. */
    public static final String DELIVERIES_RETRIED = "deliveries_retried";

    /** Notification: messages that were given up; alert on any. */
    public static final String NOTICES_UNDELIVERED = "notices_undelivered";

    /** Export: cases folded, whether or not they are released. */
    public static final String CASES_FOLDED = "cases_folded";

    /** Export: cases written. */
    public static final String CASES_RELEASED = "cases_released";

    private MetricNames() {}
}
