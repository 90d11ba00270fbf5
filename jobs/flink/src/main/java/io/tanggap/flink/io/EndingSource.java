package io.tanggap.flink.io;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * A bounded source that also comes to its end when it was restored. The enumerator of a {@code KafkaSource} tells its
 * readers that there is no more to come only after it has found a new partition; a restored one knows all of them, says
 * nothing, and the job waits for ever (FLINK-31006). Here every reader is told once for each registration, as soon as the
 * enumerator has assigned what it had and has nothing asynchronous left to do.
 *
 * <p>Splits, state and their serializers are those of the source inside, so that both read each other's savepoints.
 */
final class EndingSource<T, S extends SourceSplit, C> implements Source<T, S, C> {
    private static final long serialVersionUID = 1;

    private final Source<T, S, C> source;

    EndingSource(Source<T, S, C> source) {
        this.source = source;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
        return source.createReader(context);
    }

    @Override
    public SplitEnumerator<S, C> createEnumerator(SplitEnumeratorContext<S> context) throws Exception {
        Telling<S> telling = new Telling<>(context);
        return new Enumerator<>(source.createEnumerator(telling), telling);
    }

    @Override
    public SplitEnumerator<S, C> restoreEnumerator(SplitEnumeratorContext<S> context, C state) throws Exception {
        Telling<S> telling = new Telling<>(context);
        return new Enumerator<>(source.restoreEnumerator(telling, state), telling);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<C> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    private static final class Enumerator<S extends SourceSplit, C> implements SplitEnumerator<S, C> {
        private final SplitEnumerator<S, C> enumerator;
        private final Telling<S> telling;

        Enumerator(SplitEnumerator<S, C> enumerator, Telling<S> telling) {
            this.enumerator = enumerator;
            this.telling = telling;
        }

        @Override
        public void start() {
            enumerator.start();
            telling.done();
        }

        @Override
        public void addReader(int reader) {
            telling.registered(reader);
            enumerator.addReader(reader);
            telling.tellIfNothingIsLeft();
        }

        @Override
        public void handleSplitRequest(int reader, String hostname) {
            enumerator.handleSplitRequest(reader, hostname);
        }

        @Override
        public void addSplitsBack(List<S> splits, int reader) {
            enumerator.addSplitsBack(splits, reader);
        }

        @Override
        public void handleSourceEvent(int reader, SourceEvent event) {
            enumerator.handleSourceEvent(reader, event);
        }

        @Override
        public C snapshotState(long checkpoint) throws Exception {
            return enumerator.snapshotState(checkpoint);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) throws Exception {
            enumerator.notifyCheckpointComplete(checkpoint);
        }

        @Override
        public void close() throws IOException {
            enumerator.close();
        }
    }

    /** The context that the enumerator inside sees; everything runs in the coordinator's one thread. */
    private static final class Telling<S extends SourceSplit> implements SplitEnumeratorContext<S> {
        private final SplitEnumeratorContext<S> context;
        private final Set<Integer> told = new HashSet<>();
        // The enumerator's start is the first.
        private int pending = 1;

        Telling(SplitEnumeratorContext<S> context) {
            this.context = context;
        }

        void registered(int reader) {
            told.remove(reader);
        }

        void done() {
            pending--;
            tellIfNothingIsLeft();
        }

        void tellIfNothingIsLeft() {
            if (pending == 0) {
                context.registeredReaders().keySet().forEach(this::signalNoMoreSplits);
            }
        }

        @Override
        public void signalNoMoreSplits(int reader) {
            // A second time could meet a task that has finished, which fails the job.
            if (told.add(reader)) {
                context.signalNoMoreSplits(reader);
            }
        }

        @Override
        public <R> void callAsync(Callable<R> call, BiConsumer<R, Throwable> handler) {
            pending++;
            context.callAsync(call, (result, failure) -> {
                handler.accept(result, failure);
                done();
            });
        }

        @Override
        public <R> void callAsync(Callable<R> call, BiConsumer<R, Throwable> handler, long delay, long period) {
            throw new UnsupportedOperationException("a source that looks for new splits again and again has no end");
        }

        @Override
        public void assignSplits(SplitsAssignment<S> assignment) {
            context.assignSplits(assignment);
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return context.metricGroup();
        }

        @Override
        public void sendEventToSourceReader(int reader, SourceEvent event) {
            context.sendEventToSourceReader(reader, event);
        }

        @Override
        public int currentParallelism() {
            return context.currentParallelism();
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return context.registeredReaders();
        }

        @Override
        public void runInCoordinatorThread(Runnable task) {
            context.runInCoordinatorThread(task);
        }
    }
}
