package io.tanggap.elasticsearch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Stores documents in Elasticsearch 8 or 9: each at least once, and the highest version of each in the end, whatever is
 * repeated, overtaken or restored on the way.
 *
 * <p>Versions of one document that meet in the buffer are sent as one, the highest. A document that the server refuses for
 * good goes to {@link RejectedDocuments}. While the server is away the sink waits, however long, and holds up its input only
 * when its buffer is full. It fails the job when it may not write, when the server does not answer as Elasticsearch does, or
 * when a dead letter is refused. Its counters are described by {@link SinkMetrics}.
 */
public final class ElasticsearchSink<T> extends AsyncSinkBase<T, BufferedDocument> {
    /** Chosen: two writers of a worker, and a checkpoint of both, leave half of its heap to the rest of the job. */
    private static final int HEAP_SHARE = 8;

    private final List<String> hosts;
    private final RejectedDocuments rejected;
    private final long maxBufferedBytes;

    private ElasticsearchSink(
            Builder<T> builder, List<String> hosts, Documents<T> converter, RejectedDocuments rejected) {
        super(
                converter,
                builder.maxBatchDocuments,
                builder.maxInFlightRequests,
                builder.maxBufferedDocuments,
                builder.maxBatchBytes,
                builder.maxTimeInBuffer.toMillis(),
                builder.maxBatchBytes,
                builder.requestTimeout.toMillis(),
                false);
        this.hosts = hosts;
        this.rejected = rejected;
        this.maxBufferedBytes = builder.maxBufferedBytes;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, BufferedRequestState<BufferedDocument>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<BufferedDocument>> restored) throws IOException {
        return writer(context, restored);
    }

    DocumentWriter<T> writer(WriterInitContext context, Collection<BufferedRequestState<BufferedDocument>> restored)
            throws IOException {
        return new DocumentWriter<>(
                new DocumentWriter.Limits(
                        getMaxBatchSize(),
                        getMaxBatchSizeInBytes(),
                        getMaxInFlightRequests(),
                        getMaxBufferedRequests(),
                        bufferedBytes(),
                        Duration.ofMillis(getMaxTimeInBufferMS())),
                getElementConverter(),
                new BulkClient(hosts, Duration.ofMillis(getRequestTimeoutMS())),
                rejected,
                context,
                restored);
    }

    /** What was asked for may have been reckoned where there is more memory than here, on the worker. */
    private long bufferedBytes() {
        long most = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return Math.min(maxBufferedBytes, Math.max(most, getMaxBatchSizeInBytes()));
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<BufferedDocument>> getWriterStateSerializer() {
        return new WriterStateSerializer();
    }

    /** Hosts, converter and the way of rejected documents are required; the rest has defaults for live use. */
    public static final class Builder<T> {
        private @Nullable List<String> hosts;
        private @Nullable ElementConverter<T, DocumentWrite> converter;
        private @Nullable RejectedDocuments rejected;
        private int maxBatchDocuments = 2_000;
        private long maxBatchBytes = 5L << 20;
        private int maxInFlightRequests = 2;
        private int maxBufferedDocuments = 500_000;
        private long maxBufferedBytes = 256L << 20;
        private Duration maxTimeInBuffer = Duration.ofMillis(200);
        private Duration requestTimeout = Duration.ofSeconds(60);

        private Builder() {}

        /** Nodes of one cluster, for example {@code http://127.0.0.1:9200}. */
        public Builder<T> hosts(List<String> urls) {
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("no Elasticsearch host: name one, such as http://127.0.0.1:9200");
            }
            hosts = List.copyOf(urls);
            return this;
        }

        public Builder<T> converter(ElementConverter<T, DocumentWrite> elements) {
            converter = elements;
            return this;
        }

        public Builder<T> rejectedDocuments(RejectedDocuments documents) {
            rejected = documents;
            return this;
        }

        /** Documents of one request, at most. Default 2,000. */
        public Builder<T> maxBatchDocuments(int documents) {
            maxBatchDocuments = positive(documents, "maxBatchDocuments");
            return this;
        }

        /** Bytes of one request, at most; a larger document goes alone. Default 5 MiB. */
        public Builder<T> maxBatchBytes(long bytes) {
            maxBatchBytes = positive(bytes, "maxBatchBytes");
            return this;
        }

        /** Requests of one writer at a time. Default 2: one is worked on while the other travels. */
        public Builder<T> maxInFlightRequests(int requests) {
            maxInFlightRequests = positive(requests, "maxInFlightRequests");
            return this;
        }

        /**
         * Documents that wait in one writer before it holds up its input. All of them are part of every checkpoint: a replay,
         * which may hold up its input, does better with few. Default 500,000.
         */
        public Builder<T> maxBufferedDocuments(int documents) {
            maxBufferedDocuments = positive(documents, "maxBufferedDocuments");
            return this;
        }

        /**
         * Bytes that wait in one writer before it holds up its input; a checkpoint has them in memory again, so it is an eighth of the
         * heap at most. Default 256 MiB.
         */
        public Builder<T> maxBufferedBytes(long bytes) {
            maxBufferedBytes = positive(bytes, "maxBufferedBytes");
            return this;
        }

        /** How long a document waits for others before it is sent; also the time for versions to meet. Default 200 ms. */
        public Builder<T> maxTimeInBuffer(Duration time) {
            positive(time.toMillis(), "maxTimeInBuffer in milliseconds");
            maxTimeInBuffer = time;
            return this;
        }

        /** How long the server may be silent before a request counts as lost and is repeated. Default 60 s. */
        public Builder<T> requestTimeout(Duration timeout) {
            positive(timeout.toMillis(), "requestTimeout in milliseconds");
            requestTimeout = timeout;
            return this;
        }

        /** @throws NullPointerException naming the required part that is missing */
        public ElasticsearchSink<T> build() {
            if (maxBufferedDocuments < maxBatchDocuments) {
                throw new IllegalArgumentException("maxBufferedDocuments (" + maxBufferedDocuments
                        + ") is less than maxBatchDocuments (" + maxBatchDocuments + "): no batch would ever be full");
            }
            if (maxBufferedBytes < maxBatchBytes) {
                throw new IllegalArgumentException("maxBufferedBytes (" + maxBufferedBytes
                        + ") is less than maxBatchBytes (" + maxBatchBytes + "): no batch would ever be full");
            }
            return new ElasticsearchSink<>(
                    this,
                    requireNonNull(hosts, "hosts"),
                    new Documents<>(requireNonNull(converter, "converter")),
                    requireNonNull(rejected, "rejectedDocuments"));
        }

        private static int positive(int value, String name) {
            return Math.toIntExact(positive((long) value, name));
        }

        private static long positive(long value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " is " + value + ", and must be 1 or more");
            }
            return value;
        }
    }

    /** Marks what comes from the input as no dead letter. */
    private record Documents<T>(ElementConverter<T, DocumentWrite> elements)
            implements ElementConverter<T, BufferedDocument> {
        @Override
        public void open(WriterInitContext context) {
            elements.open(context);
        }

        @Override
        public BufferedDocument apply(T element, SinkWriter.Context context) {
            return new BufferedDocument(elements.apply(element, context), false);
        }
    }
}
