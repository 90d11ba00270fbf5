package io.tanggap.elasticsearch;

import io.tanggap.elasticsearch.BulkOutcome.Answered;
import io.tanggap.elasticsearch.BulkOutcome.Fatal;
import io.tanggap.elasticsearch.BulkOutcome.TooLarge;
import io.tanggap.elasticsearch.BulkOutcome.Unavailable;
import io.tanggap.elasticsearch.RejectedDocuments.Delivery;
import io.tanggap.elasticsearch.RejectedDocuments.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One parallel instance of the sink. Everything runs in the task's thread, answers and timers included (they come as mails);
 * only the client's threads send and receive.
 *
 * <pre>
 * write ▸ buffer (one version per document) ▸ in flight ▸ indexed | stale | rejected ▸ delivery
 *            ▴                                   │
 *            └── at the head, after a hold ◂── retry
 * </pre>
 *
 * A batch is sent when it is full, when the oldest document has waited long enough, or at the end of the input. While the
 * server is away nothing is in flight but one probe after each hold; documents wait in the buffer, the input goes on until
 * that is full, and checkpoints complete: they hold what waits and what is in flight, so that none has to be awaited.
 */
final class DocumentWriter<T> implements StatefulSinkWriter<T, BufferedRequestState<BufferedDocument>> {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentWriter.class);
    /** A state of Flink is one byte array; a buffer of large documents would pass its limit of 2 GiB. */
    private static final int DOCUMENTS_PER_STATE = 5_000;

    private final Limits limits;
    private final ElementConverter<T, BufferedDocument> converter;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final SinkWriterMetricGroup operatorMetrics;
    private final SinkMetrics metrics;
    private final BulkClient client;
    private final Delivery delivery;
    private final BackOff backOff;

    private final ConflatingBuffer buffer = new ConflatingBuffer();
    /** Batches by identity, in the order of sending. */
    private final Set<Batch> inFlight = new LinkedHashSet<>();

    /** Lower than the limit after the server found a request too large. */
    private int batchDocuments;
    /** After a failure, until the back-off has passed. */
    private boolean holding;
    /** A timer stands that will find the oldest document overdue. */
    private boolean timerSet;
    /** What waits is to be sent without waiting for a full batch; until nothing waits. */
    private boolean overdue;

    /**
     * @param maxBatchBytes of a request; a larger document goes alone
     * @param maxBufferedDocuments of those that wait; then the input is held up
     * @param maxBufferedBytes of those that wait; then the input is held up
     * @param maxTimeInBuffer of a document, while the server keeps up
     */
    record Limits(
            int maxBatchDocuments,
            long maxBatchBytes,
            int maxInFlightRequests,
            int maxBufferedDocuments,
            long maxBufferedBytes,
            Duration maxTimeInBuffer) {}

    /** A list with the identity of an object. */
    private static final class Batch {
        final List<BufferedDocument> documents;

        Batch(List<BufferedDocument> documents) {
            this.documents = documents;
        }
    }

    DocumentWriter(
            Limits limits,
            ElementConverter<T, BufferedDocument> converter,
            BulkClient client,
            RejectedDocuments rejected,
            WriterInitContext context,
            Collection<BufferedRequestState<BufferedDocument>> restored)
            throws IOException {
        this.limits = limits;
        this.converter = converter;
        this.client = client;
        mailbox = context.getMailboxExecutor();
        time = context.getProcessingTimeService();
        operatorMetrics = context.metricGroup();
        metrics = new SinkMetrics(operatorMetrics);
        backOff = new BackOff(context.getTaskInfo().getIndexOfThisSubtask());
        batchDocuments = limits.maxBatchDocuments();
        converter.open(context);
        delivery = rejected.open(context);
        for (BufferedRequestState<BufferedDocument> state : restored) {
            for (RequestEntryWrapper<BufferedDocument> entry : state.getBufferedRequestEntries()) {
                if (!entry.getRequestEntry().deadLetter()) {
                    metrics.restored.inc();
                }
                enqueue(entry.getRequestEntry());
            }
        }
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        // Each mail that makes room also sends; while the buffer is full, a request is in flight or a hold runs.
        while (buffer.size() >= limits.maxBufferedDocuments() || buffer.sizeBytes() >= limits.maxBufferedBytes()) {
            send();
            mailbox.yield();
        }
        metrics.emitted.inc();
        enqueue(converter.apply(element, context));
        send();
    }

    private void enqueue(BufferedDocument document) {
        countConflated(buffer.add(document));
        if (!timerSet && !overdue) {
            timerSet = true;
            after(limits.maxTimeInBuffer().toMillis(), () -> {
                timerSet = false;
                overdue = !buffer.isEmpty();
                send();
            });
        }
    }

    /** Flink fails the job with what the task throws, so its future is of no use. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void after(long millis, Runnable task) {
        time.registerTimer(time.getCurrentProcessingTime() + millis, now -> task.run());
    }

    private void countConflated(@Nullable BufferedDocument gaveWay) {
        if (gaveWay != null && !gaveWay.deadLetter()) {
            metrics.conflated.inc();
        }
    }

    /** Sends all that may and is to be sent now. Never waits. */
    private void send() {
        // After a failure one request finds out whether the server is back; the others would fail with it.
        while (!holding && inFlight.size() < (backOff.isCalm() ? limits.maxInFlightRequests() : 1)) {
            boolean full = buffer.size() >= batchDocuments || buffer.sizeBytes() >= limits.maxBatchBytes();
            if (buffer.isEmpty() || !(full || overdue)) {
                break;
            }
            Batch batch = new Batch(buffer.take(batchDocuments, limits.maxBatchBytes()));
            inFlight.add(batch);
            metrics.requests.inc();
            client.send(batch.documents, outcome -> deliver(batch, outcome));
        }
        if (buffer.isEmpty()) {
            overdue = false;
        }
    }

    /** In a thread of the client. */
    private void deliver(Batch batch, BulkOutcome outcome) {
        try {
            mailbox.execute(
                    () -> settle(batch, outcome), "settle a bulk request of %s documents", batch.documents.size());
        } catch (RejectedExecutionException e) {
            LOG.debug("an answer came after the task had ended", e);
        }
    }

    private void settle(Batch batch, BulkOutcome outcome) throws IOException, InterruptedException {
        inFlight.remove(batch);
        if (outcome instanceof Answered answered) {
            settleEach(batch.documents, answered.items());
        } else if (outcome instanceof Unavailable unavailable) {
            retry(batch.documents, unavailable.why());
        } else if (outcome instanceof TooLarge) {
            divide(batch.documents);
        } else if (outcome instanceof Fatal fatal) {
            throw new IOException("Elasticsearch cannot be written to: " + fatal.why(), fatal.cause());
        }
        send();
    }

    private void settleEach(List<BufferedDocument> documents, List<ItemAnswer> answers)
            throws IOException, InterruptedException {
        List<BufferedDocument> again = new ArrayList<>();
        String why = "";
        for (int i = 0; i < documents.size(); i++) {
            BufferedDocument document = documents.get(i);
            ItemAnswer answer = answers.get(i);
            switch (answer.outcome()) {
                case INDEXED -> {
                    (document.deadLetter() ? metrics.deadLetters : metrics.indexed).inc();
                    operatorMetrics.getNumRecordsSendCounter().inc();
                    operatorMetrics
                            .getNumBytesSendCounter()
                            .inc(document.write().source().length);
                }
                case STALE -> (document.deadLetter() ? metrics.deadLetters : metrics.stale).inc();
                case RETRY -> {
                    again.add(document);
                    why = answer.toString();
                }
                case REJECTED -> reject(document, answer);
                case FORBIDDEN ->
                    throw new IOException(
                            "Elasticsearch does not let the sink write " + document.write() + " (" + answer
                                    + "): check that the index is there and open, its blocks, and the sink's privileges");
            }
        }
        if (again.isEmpty()) {
            backOff.reset();
            batchDocuments = Math.min(limits.maxBatchDocuments(), batchDocuments + limits.maxBatchDocuments() / 50 + 1);
        } else {
            retry(again, why);
        }
    }

    private void retry(List<BufferedDocument> documents, String why) {
        metrics.retried.inc(documents.size());
        putBack(documents);
        if (!holding) {
            holding = true;
            long millis = backOff.nextMillis();
            LOG.warn(
                    "Elasticsearch did not take {} documents ({}); {} wait, next attempt in {} ms",
                    documents.size(),
                    why,
                    buffer.size(),
                    millis);
            after(millis, () -> {
                holding = false;
                send();
            });
        }
    }

    /** Last first, so that they stand at the head in their old order. They are overdue, for they were to be sent before. */
    private void putBack(List<BufferedDocument> documents) {
        for (int i = documents.size() - 1; i >= 0; i--) {
            countConflated(buffer.putBack(documents.get(i)));
        }
        overdue = true;
    }

    private void divide(List<BufferedDocument> documents) throws IOException, InterruptedException {
        if (documents.size() == 1) {
            reject(
                    documents.get(0),
                    new ItemAnswer(413, "content_too_long", "the document is larger than the server takes"));
            return;
        }
        metrics.retried.inc(documents.size());
        batchDocuments = Math.max(1, Math.min(batchDocuments, documents.size()) / 2);
        putBack(documents);
    }

    private void reject(BufferedDocument document, ItemAnswer answer) throws IOException, InterruptedException {
        if (document.deadLetter()) {
            throw new IOException("Elasticsearch refuses the dead letter " + document.write() + " (" + answer
                    + "): the job stops, for the document behind it would be lost; mend the index of dead letters");
        }
        LOG.debug("refused for good: {} ({})", document.write(), answer);
        metrics.rejected.inc();
        DocumentWrite deadLetter =
                delivery.reject(new Rejection(document.write(), answer.status(), answer.type(), answer.reason()));
        if (deadLetter != null) {
            enqueue(new BufferedDocument(deadLetter, true));
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (endOfInput) {
            while (!inFlight.isEmpty() || !buffer.isEmpty()) {
                overdue = true;
                send();
                mailbox.yield();
            }
        }
        delivery.flush();
    }

    @Override
    public List<BufferedRequestState<BufferedDocument>> snapshotState(long checkpointId) {
        List<RequestEntryWrapper<BufferedDocument>> entries = new ArrayList<>();
        for (Batch batch : inFlight) {
            batch.documents.forEach(document -> entries.add(entry(document)));
        }
        buffer.toList().forEach(document -> entries.add(entry(document)));
        List<BufferedRequestState<BufferedDocument>> states = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += DOCUMENTS_PER_STATE) {
            states.add(new BufferedRequestState<>(
                    entries.subList(from, Math.min(entries.size(), from + DOCUMENTS_PER_STATE))));
        }
        return states;
    }

    private static RequestEntryWrapper<BufferedDocument> entry(BufferedDocument document) {
        return new RequestEntryWrapper<>(document, document.write().sizeBytes());
    }

    /** For tests. */
    SinkMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() throws IOException {
        try (client;
                delivery) {
            LOG.debug("closing with {} documents waiting and {} requests in flight", buffer.size(), inFlight.size());
        }
    }
}
