package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.apache.flink.util.UserCodeClassLoader;

/** A writer in this thread, with Flink's own mailbox and real time: a task without a job around it. */
final class WriterTask implements AutoCloseable {
    private static final SinkWriter.Context NO_TIME = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public Long timestamp() {
            return null;
        }
    };

    final DocumentWriter<DocumentWrite> writer;
    private final ElasticsearchSink<DocumentWrite> sink;
    private final MailboxExecutor mailbox =
            new MailboxExecutorImpl(new TaskMailboxImpl(Thread.currentThread()), 0, StreamTaskActionExecutor.IMMEDIATE);
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    WriterTask(ElasticsearchSink<DocumentWrite> sink) throws IOException {
        this(sink, List.of());
    }

    private WriterTask(ElasticsearchSink<DocumentWrite> sink, List<BufferedRequestState<BufferedDocument>> restored)
            throws IOException {
        this.sink = sink;
        writer = sink.writer(new Context(), restored);
    }

    void write(DocumentWrite document) throws Exception {
        writer.write(document, NO_TIME);
        while (mailbox.tryYield()) {
            // As a task does between two elements.
        }
    }

    /** What a checkpoint does; returns what it would hold. */
    List<byte[]> checkpoint() throws Exception {
        writer.flush(false);
        List<byte[]> bytes = new ArrayList<>();
        for (BufferedRequestState<BufferedDocument> state : writer.snapshotState(1)) {
            bytes.add(sink.getWriterStateSerializer().serialize(state));
        }
        return bytes;
    }

    /** This task dies, and another one starts from the checkpoint. */
    WriterTask restore(List<byte[]> checkpoint) throws Exception {
        close();
        List<BufferedRequestState<BufferedDocument>> states = new ArrayList<>();
        for (byte[] bytes : checkpoint) {
            states.add(sink.getWriterStateSerializer().deserialize(1, bytes));
        }
        return new WriterTask(sink, states);
    }

    void endInput() throws Exception {
        writer.flush(true);
        assertBalanced();
    }

    /** Works on mails until the condition holds. */
    void awaitUntil(BooleanSupplier condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            if (!mailbox.tryYield()) {
                Thread.onSpinWait();
            }
        }
    }

    private void assertBalanced() {
        SinkMetrics metrics = writer.metrics();
        assertThat(metrics.conflated.getCount()
                        + metrics.indexed.getCount()
                        + metrics.stale.getCount()
                        + metrics.rejected.getCount())
                .isEqualTo(metrics.emitted.getCount() + metrics.restored.getCount());
    }

    @Override
    public void close() throws IOException {
        timers.shutdownNow();
        writer.close();
    }

    private final class Context implements WriterInitContext, ProcessingTimeService {
        @Override
        public MailboxExecutor getMailboxExecutor() {
            return mailbox;
        }

        @Override
        public ProcessingTimeService getProcessingTimeService() {
            return this;
        }

        @Override
        public long getCurrentProcessingTime() {
            return System.currentTimeMillis();
        }

        @Override
        public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback callback) {
            return timers.schedule(
                    () -> {
                        try {
                            mailbox.execute(() -> callback.onProcessingTime(time), "timer");
                        } catch (RejectedExecutionException e) {
                            // The task has ended.
                        }
                    },
                    Math.max(0, time - getCurrentProcessingTime()),
                    TimeUnit.MILLISECONDS);
        }

        @Override
        public SinkWriterMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSinkWriterMetricGroup();
        }

        @Override
        public TaskInfo getTaskInfo() {
            return new TaskInfoImpl("sink", 1, 0, 1, 0);
        }

        @Override
        public OptionalLong getRestoredCheckpointId() {
            return OptionalLong.empty();
        }

        @Override
        public JobInfo getJobInfo() {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isObjectReuseEnabled() {
            return false;
        }

        @Override
        public <I> TypeSerializer<I> createInputSerializer() {
            throw new UnsupportedOperationException();
        }
    }
}
