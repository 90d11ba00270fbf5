package io.tanggap.app.run;

import io.tanggap.app.job.ExportEndpoints;
import io.tanggap.app.job.Op;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.io.CaseEventSource;
import io.tanggap.flink.io.PersonalWordsSource;
import io.tanggap.flink.io.ReferenceSource;
import java.time.Clock;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What an export reads of a Kafka.
 *
 * @param bootstrap its address
 */
public record KafkaExports(String bootstrap) implements ExportEndpoints {
    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        return CaseEventSource.replay(bootstrap, Clock.systemUTC())
                .addTo(environment)
                .uid(Op.READ_CASE_EVENTS.uid())
                .name(Op.READ_CASE_EVENTS.uid());
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        return ReferenceSource.replay(bootstrap, Clock.systemUTC())
                .addTo(environment, Op.READ_REFERENCE.uid(), Op.ASSEMBLE_PACKS.uid());
    }

    @Override
    public DataStream<Tuple3<String, String, Long>> words(StreamExecutionEnvironment environment) {
        return PersonalWordsSource.addTo(environment, bootstrap)
                .uid(Op.READ_WORDS.uid())
                .name(Op.READ_WORDS.uid());
    }
}
