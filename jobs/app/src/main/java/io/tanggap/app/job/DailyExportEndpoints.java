package io.tanggap.app.job;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.io.ReferenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the daily export reads and writes. Every operator that an endpoint adds carries its uid from {@link Op}. */
public interface DailyExportEndpoints {
    /** Records of the topic case-events, without end. */
    DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment);

    /** The reference log, in order; what makes no pack is its side output {@link ReferenceSource#DEAD_LETTERS}. */
    SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment);

    /** Takes what this job rejects. */
    void writeDeadLetters(DataStream<DeadLetter> letters);

    /** Takes the events, those of one day in one instance. */
    void writeDays(DataStream<DailyEvent> events);
}
