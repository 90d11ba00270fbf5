package io.tanggap.flink.io;

import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.ChannelDeclarationCodec;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.flink.types.DomainTypes;
import java.time.Clock;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The topic channel-declarations as a job reads it, from its beginning; what is no declaration becomes a dead letter. */
public final class ChannelDeclarationSource {
    /** Records of the topic that are no declarations. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unreadable-declarations", DomainTypes.DEAD_LETTER);

    private final Source<RawRecord, ?, ?> source;
    private final WatermarkStrategy<RawRecord> watermarks;
    private final Clock clock;

    private ChannelDeclarationSource(
            Source<RawRecord, ?, ?> source, WatermarkStrategy<RawRecord> watermarks, Clock clock) {
        this.source = source;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    /**
     * What the topic holds when the job starts.
     *
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static ChannelDeclarationSource replay(String bootstrap, Clock clock) {
        return new ChannelDeclarationSource(
                Kafka.bounded(bootstrap, Topics.CHANNEL_DECLARATIONS, new ReferenceSource.Raw()),
                WatermarkStrategy.noWatermarks(),
                clock);
    }

    /**
     * The topic without end. Its watermark is infinite at once: time is told by case-events alone.
     *
     * @param group the consumer group under which the progress can be watched
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static ChannelDeclarationSource live(String bootstrap, String group, Clock clock) {
        return new ChannelDeclarationSource(
                Kafka.unbounded(bootstrap, Topics.CHANNEL_DECLARATIONS, group, new ReferenceSource.Raw()),
                WatermarkStrategy.forGenerator(context -> new ReferenceSource.Timeless()),
                clock);
    }

    /**
     * Adds the source and the decoding to a job, one reader for the one partition.
     *
     * @param sourceUid uid of the reader
     * @param decodingUid uid of the operator that decodes
     */
    public SingleOutputStreamOperator<ChannelDeclaration> addTo(
            StreamExecutionEnvironment environment, String sourceUid, String decodingUid) {
        return environment
                .fromSource(source, watermarks, sourceUid, DomainTypes.RAW_RECORD)
                .uid(sourceUid)
                .setParallelism(1)
                .process(new Decode(clock))
                .returns(DomainTypes.CHANNEL_DECLARATION)
                .name(decodingUid)
                .uid(decodingUid)
                .setParallelism(1);
    }

    private static final class Decode extends ProcessFunction<RawRecord, ChannelDeclaration> {
        private final Clock clock;
        private transient ChannelDeclarationCodec codec;

        @SuppressWarnings("NullAway.Init") // open comes before every element
        Decode(Clock clock) {
            this.clock = clock;
        }

        @Override
        public void open(OpenContext context) {
            codec = new ChannelDeclarationCodec();
        }

        @Override
        public void processElement(RawRecord record, Context context, Collector<ChannelDeclaration> out) {
            Reading<ChannelDeclaration> reading = codec.decode(record.bytes());
            if (reading instanceof Read<ChannelDeclaration> read) {
                out.collect(read.value());
            } else if (reading instanceof Unreadable<ChannelDeclaration> unreadable) {
                context.output(DEAD_LETTERS, Kafka.rejected(unreadable, record.origin(), record.bytes(), clock));
            }
        }
    }
}
