package io.tanggap.app.run;

import io.tanggap.app.job.DailyExportEndpoints;
import io.tanggap.app.job.Op;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.io.CaseEventSource;
import io.tanggap.flink.io.DailyFiles;
import io.tanggap.flink.io.DeadLetterSink;
import io.tanggap.flink.io.ReferenceSource;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What the daily export reads of a Kafka, and where it writes.
 *
 * @param bootstrap the address of the Kafka
 * @param checkpoints after so many the small files of each day are put together
 */
public record KafkaDailyExports(String bootstrap, DailyFiles files, int checkpoints) implements DailyExportEndpoints {
    /** Under this the progress can be watched; the job itself restarts from its checkpoints. */
    private static final String GROUP = "tanggap-export-daily";

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        return CaseEventSource.live(bootstrap, GROUP, Duration.ZERO, Clock.systemUTC())
                .addTo(environment)
                .uid(Op.READ_CASE_EVENTS.uid())
                .name(Op.READ_CASE_EVENTS.uid());
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        return ReferenceSource.live(bootstrap, GROUP, Clock.systemUTC())
                .addTo(environment, Op.READ_REFERENCE.uid(), Op.ASSEMBLE_PACKS.uid());
    }

    @Override
    public void writeDeadLetters(DataStream<DeadLetter> letters) {
        letters.sinkTo(DeadLetterSink.of(bootstrap))
                .uid(Op.WRITE_DEAD_LETTERS.uid())
                .name(Op.WRITE_DEAD_LETTERS.uid());
    }

    @Override
    public void writeDays(DataStream<DailyEvent> events) {
        events.sinkTo(files.sink(checkpoints)).uid(Op.WRITE_DAYS.uid()).name(Op.WRITE_DAYS.uid());
    }
}
