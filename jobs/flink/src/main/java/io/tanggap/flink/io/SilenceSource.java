package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.notice.Silence;
import io.tanggap.flink.alert.SilenceCodec;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.NoticeTypes;
import java.io.IOException;
import java.time.Clock;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The topic of silences from its beginning, without end. What is no silence becomes a dead letter, and silences nothing. */
public final class SilenceSource {
    /** Records of the topic that are no silences. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unreadable-silences", DomainTypes.DEAD_LETTER);

    private final Source<RawRecord, ?, ?> source;
    private final Clock clock;

    /**
     * @param group the consumer group under which the progress can be watched
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public SilenceSource(String bootstrap, String group, Clock clock) {
        source = Kafka.unbounded(bootstrap, Topics.ALERT_SILENCES, group, new ReferenceSource.Raw());
        this.clock = clock;
    }

    /**
     * Adds the source and the decoding to a job, one reader for the one partition.
     *
     * @param sourceUid uid of the reader
     * @param decodingUid uid of the operator that decodes
     */
    public SingleOutputStreamOperator<Silence> addTo(
            StreamExecutionEnvironment environment, String sourceUid, String decodingUid) {
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), sourceUid, DomainTypes.RAW_RECORD)
                .uid(sourceUid)
                .setParallelism(1)
                .process(new Decode(clock))
                .returns(NoticeTypes.SILENCE)
                .name(decodingUid)
                .uid(decodingUid)
                .setParallelism(1);
    }

    private static final class Decode extends ProcessFunction<RawRecord, Silence> {
        private final Clock clock;

        Decode(Clock clock) {
            this.clock = clock;
        }

        @Override
        public void processElement(RawRecord record, Context context, Collector<Silence> out) {
            try {
                out.collect(SilenceCodec.decode(record.bytes()));
            } catch (IOException e) {
                context.output(
                        DEAD_LETTERS,
                        Kafka.rejected(
                                new Unreadable<>(
                                        "malformed.silence",
                                        "The record is no silence: "
                                                + (e.getMessage() == null ? "it cannot be read" : e.getMessage())
                                                + "; write silences with tanggap alerts silence."),
                                record.origin(),
                                record.bytes(),
                                clock));
            }
        }
    }
}
