package io.tanggap.app.recovery;

import io.tanggap.app.job.Endpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Endpoints through which events and documents pass slowly, one at a time, until a test lets them go: so that the middle of
 * a run is long enough to be disturbed. Slow rather than stopped, or no checkpoint would pass. A hold is a file that is
 * absent, so it holds in other processes too.
 */
final class HeldEndpoints implements Endpoints {
    private static final long EVENT_NANOS = 2_000_000;
    /** A barrier waits behind all documents that are queued. */
    private static final long DOCUMENT_NANOS = 300_000;

    private final Endpoints endpoints;
    private final Path reading;
    private final Path writing;

    /** @param directory is there, and of this run alone */
    HeldEndpoints(Endpoints endpoints, Path directory) {
        this.endpoints = endpoints;
        this.reading = directory.resolve("reading-released");
        this.writing = directory.resolve("writing-released");
    }

    /** Lets events pass at their own speed from now on. */
    void releaseReading() throws IOException {
        Files.createFile(reading);
    }

    /** Lets documents pass at their own speed from now on. */
    void releaseWriting() throws IOException {
        Files.createFile(writing);
    }

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        DataStream<Incoming> events = endpoints.caseEvents(environment);
        return events.map(new Hold<Incoming>(reading.toString(), EVENT_NANOS))
                .returns(DomainTypes.INCOMING)
                .setParallelism(events.getParallelism())
                .uid("hold-case-events");
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        return endpoints.reference(environment);
    }

    @Override
    public SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment) {
        return endpoints.declarations(environment);
    }

    @Override
    public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
        return endpoints.deadLetters(environment);
    }

    @Override
    public void writeDeadLetters(DataStream<DeadLetter> letters) {
        endpoints.writeDeadLetters(letters);
    }

    @Override
    public void writeAlerts(DataStream<Alert> alerts) {
        endpoints.writeAlerts(alerts);
    }

    @Override
    public void writeDocuments(DataStream<Document> documents) {
        endpoints.writeDocuments(documents
                .map(new Hold<Document>(writing.toString(), DOCUMENT_NANOS))
                .returns(OperatorTypes.DOCUMENT)
                .uid("hold-documents"));
    }

    private static final class Hold<T> implements MapFunction<T, T> {
        private static final int LOOK_EVERY = 50;

        private final String releasing;
        private final long pauseNanos;
        private transient boolean released;
        private transient int passed;

        Hold(String releasing, long pauseNanos) {
            this.releasing = releasing;
            this.pauseNanos = pauseNanos;
        }

        @Override
        public T map(T element) {
            if (!released) {
                if (passed++ % LOOK_EVERY == 0) {
                    released = Files.exists(Path.of(releasing));
                }
                LockSupport.parkNanos(pauseNanos);
            }
            return element;
        }
    }
}
