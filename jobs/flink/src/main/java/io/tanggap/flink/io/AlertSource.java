package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.alert.AlertCodec;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.NoticeTypes;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of all live runs, those that begin later too, and of the feeds: what is committed, without end. What is no alert
 * becomes a dead letter.
 */
public final class AlertSource {
    /** Records of the topics that are no alerts. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unreadable-alerts", DomainTypes.DEAD_LETTER);

    /** Nothing is known before it. */
    private static final long NEVER = 0;

    private static final Pattern TOPICS = Pattern.compile(Topics.LIVE_ALERTS + "|" + Topics.FEED_ALERTS);

    private final Source<RawRecord, ?, ?> source;
    private final @Nullable Instant newsSince;
    private final Clock clock;

    /**
     * @param group the consumer group under which the progress can be watched
     * @param newsSince what was so before is known, and no news, as is what a run found when it worked off the past; a job that
     *     goes on from earlier state keeps that of its beginning. Null: everything is news
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public AlertSource(String bootstrap, String group, @Nullable Instant newsSince, Clock clock) {
        source = Kafka.unbounded(bootstrap, TOPICS, group, new ReferenceSource.Raw());
        this.newsSince = newsSince;
        this.clock = clock;
    }

    /**
     * Adds the source and the decoding to a job.
     *
     * @param sourceUid uid of the reader
     * @param decodingUid uid of the operator that decodes
     */
    public SingleOutputStreamOperator<Heard> addTo(
            StreamExecutionEnvironment environment, String sourceUid, String decodingUid) {
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), sourceUid, DomainTypes.RAW_RECORD)
                .uid(sourceUid)
                .process(new Decode(newsSince == null ? NEVER : newsSince.toEpochMilli(), clock))
                .returns(NoticeTypes.HEARD)
                .name(decodingUid)
                .uid(decodingUid);
    }

    private static final class Decode extends ProcessFunction<RawRecord, Heard> implements CheckpointedFunction {
        private long newsSinceMillis;
        private final Clock clock;

        private transient ListState<Long> begun;

        @SuppressWarnings("NullAway.Init") // initializeState comes before every element
        Decode(long newsSinceMillis, Clock clock) {
            this.newsSinceMillis = newsSinceMillis;
            this.clock = clock;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            begun = context.getOperatorStateStore()
                    .getUnionListState(new ListStateDescriptor<>("news-since", Types.LONG));
            for (long since : begun.get()) {
                newsSinceMillis = since;
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            begun.update(List.of(newsSinceMillis));
        }

        @Override
        public void processElement(RawRecord record, Context context, Collector<Heard> out) {
            try {
                out.collect(new Heard(AlertCodec.decode(record.bytes()), knownBefore(record.origin())));
            } catch (IOException e) {
                context.output(
                        DEAD_LETTERS,
                        Kafka.rejected(
                                new Unreadable<>(
                                        "malformed.alert",
                                        "The record is no alert, or of a later release: "
                                                + (e.getMessage() == null ? "it cannot be read" : e.getMessage())
                                                + "; find out who wrote it, or upgrade this job first."),
                                record.origin(),
                                record.bytes(),
                                clock));
            }
        }

        private Instant knownBefore(String origin) {
            Instant begunAt = Instant.ofEpochMilli(newsSinceMillis);
            String topic = Kafka.topicOf(origin);
            if (newsSinceMillis == NEVER || !Topics.LIVE_ALERTS.matcher(topic).matches()) {
                return begunAt;
            }
            Instant run = Topics.startOf(topic);
            return run.isAfter(begunAt) ? run : begunAt;
        }
    }
}
