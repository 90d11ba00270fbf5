package io.tanggap.app.job;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Incoming;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where an export reads. Every operator that an endpoint adds carries its uid from {@link Op}. */
public interface ExportEndpoints {
    /** Records of the topic case-events, as far as they are there now. */
    DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment);

    /** The reference log, as far as it is there now. */
    SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment);

    /** Of each record of what is personal in cases: the case, its words, null if they are erased, and the offset. */
    DataStream<Tuple3<String, String, Long>> words(StreamExecutionEnvironment environment);
}
