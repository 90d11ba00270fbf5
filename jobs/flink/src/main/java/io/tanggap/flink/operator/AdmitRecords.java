package io.tanggap.flink.operator;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.state.FeedSign;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.ToldRecord;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import io.tanggap.intake.channel.Admitted;
import io.tanggap.intake.channel.Channels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Records of channels to events, with what the reference says of their categories, units and places. Records wait until
 * the packs that were published when the job was started have been read, so that an old record is read as it was before;
 * then, and for each record after, the packs known so far decide.
 *
 * <p>State: the records that wait. They are as many as come in the seconds until the packs are read; while there is no pack
 * at all, everything waits.
 */
public final class AdmitRecords extends BroadcastProcessFunction<ChannelRecord, ReferencePack, ToldRecord>
        implements CheckpointedFunction {
    /** What is personal in the records, and requests to erase it. */
    public static final OutputTag<PersonalNews> PERSONAL = new OutputTag<>("personal", OperatorTypes.PERSONAL_NEWS);

    /** What could not be used. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("refused", DomainTypes.DEAD_LETTER);

    /** Signs of life of the channels, a few a minute. */
    public static final OutputTag<FeedSign> SIGNS = new OutputTag<>("signs-of-life", OperatorTypes.FEED_SIGN);

    /** Chosen: a feed is silent after minutes at the earliest. */
    private static final long SIGN_EVERY_MILLIS = 10_000;

    private final KeyFile key;
    private final int packsToAwait;
    private final Clock clock;

    private transient Packs packs;
    private transient List<ChannelRecord> waiting;
    private transient ListState<ChannelRecord> waitingState;
    private transient Map<String, Long> signedAt;
    private transient int packsInUse;
    private transient @Nullable Channels channels;
    private transient @Nullable Reference reference;

    private transient Counter read;
    private transient Counter admitted;
    private transient Counter refused;
    private transient Counter skipped;
    private transient Counter unlisted;

    /**
     * @param key of the pseudonyms of reporters
     * @param packsToAwait how many packs were published when the job was started; at least one is awaited
     * @param clock stamps dead letters and paces signs of life; serializable, as {@link Clock#systemUTC} is
     */
    @SuppressWarnings("NullAway.Init") // initializeState comes before everything else
    public AdmitRecords(KeyFile key, int packsToAwait, Clock clock) {
        this.key = key;
        this.packsToAwait = Math.max(1, packsToAwait);
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        waitingState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("waiting-records", OperatorTypes.CHANNEL_RECORD));
        waiting = new ArrayList<>();
        waitingState.get().forEach(waiting::add);
        packs = new Packs();
        signedAt = new HashMap<>();
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
        read = metrics.counter(MetricNames.CHANNEL_RECORDS_READ);
        admitted = metrics.counter(MetricNames.EVENTS_ADMITTED);
        refused = metrics.counter(MetricNames.DEAD_LETTERS_INTAKE);
        skipped = metrics.counter(MetricNames.PARTS_SKIPPED);
        unlisted = metrics.counter(MetricNames.LABELS_UNLISTED);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        waitingState.update(waiting);
    }

    @Override
    public void processElement(ChannelRecord record, ReadOnlyContext context, Collector<ToldRecord> out)
            throws Exception {
        read.inc();
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (known < packsToAwait) {
            waiting.add(record);
            return;
        }
        use(known);
        releaseWaiting(context::output, out);
        admit(record, context::output, out);
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<ToldRecord> out)
            throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            // A feed that never sends anything is silent too.
            Reference all = packs.first(known);
            for (String channel : Channels.IDS) {
                context.output(SIGNS, new FeedSign(channel, FeedSign.NONE, silentAfterMillis(all, channel)));
            }
        }
        if (known >= packsToAwait) {
            use(known);
            releaseWaiting(context::output, out);
        }
    }

    /** Where both inputs put what is not an event. */
    private interface SideOutputs {
        <T> void output(OutputTag<T> tag, T value);
    }

    private void use(int known) throws Exception {
        if (known != packsInUse) {
            packsInUse = known;
            reference = packs.first(known);
            channels = new Channels(reference, key.pseudonyms());
        }
    }

    private void releaseWaiting(SideOutputs side, Collector<ToldRecord> out) {
        for (ChannelRecord record : waiting) {
            admit(record, side, out);
        }
        waiting.clear();
    }

    private void admit(ChannelRecord record, SideOutputs side, Collector<ToldRecord> out) {
        if (channels == null || reference == null) {
            throw new IllegalStateException("a record is admitted when there is a pack");
        }
        String channel = Topics.channelOf(record.topic());
        Instant sentAt = Instant.ofEpochMilli(record.sentAtMillis());
        Admitted told = channels.admit(channel, record.bytes(), sentAt);
        for (PersonalData data : told.personal()) {
            side.output(PERSONAL, new PersonalNews(data.caseId(), data));
        }
        for (String caseId : told.erased()) {
            side.output(PERSONAL, new PersonalNews(caseId, null));
        }
        for (Admitted.Refused part : told.refused()) {
            side.output(
                    DEAD_LETTERS,
                    new DeadLetter(
                            Stage.INTAKE,
                            part.reason(),
                            part.message(),
                            record.origin(),
                            part.bytes(),
                            clock.instant()));
        }
        admitted.inc(told.events().size());
        refused.inc(told.refused().size());
        told.skipped().values().forEach(skipped::inc);
        told.unlisted().values().forEach(unlisted::inc);
        sign(channel, record, side);
        out.collect(new ToldRecord(record.topic(), record.partition(), record.offset(), told.events()));
    }

    private void sign(String channel, ChannelRecord record, SideOutputs side) {
        long now = clock.millis();
        Long last = signedAt.get(channel);
        boolean due = last == null || now - last >= SIGN_EVERY_MILLIS;
        if (due && reference != null && !channel.equals(Channels.ERASURES)) {
            signedAt.put(channel, now);
            side.output(SIGNS, new FeedSign(channel, record.sentAtMillis(), silentAfterMillis(reference, channel)));
        }
    }

    /** By the pack that is known now, also where a later one is published already. */
    private long silentAfterMillis(Reference all, String channel) {
        Duration silentAfter =
                all.channel(channel, clock.instant()).map(Channel::silentAfter).orElse(null);
        return silentAfter == null ? FeedSign.NONE : silentAfter.toMillis();
    }
}
