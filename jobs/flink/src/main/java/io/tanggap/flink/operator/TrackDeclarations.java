package io.tanggap.flink.operator;

import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.ChannelDay;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SlicePath;
import io.tanggap.flink.types.OperatorTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by channel and day: holds what a source says it has of the day against what was received of it, and emits how what
 * they contribute together has changed, at once and in both modes, to leaf cells (main output) and to slices. Differences
 * add up to the same whatever comes first, so there is no timer: that a day counts when it is over is decided where rows
 * are written, at their as-of.
 *
 * <p>A declaration is known better about its day, and changes its rows under a {@link Cause} of its own; whether anything was
 * published by then is for {@link RollUp} to say. A replay does not see declarations of days that had begun nowhere on earth at
 * its as-of.
 *
 * <p>State: one record for each channel and day with an event or a declaration, for good: a correction may come at any time.
 */
public final class TrackDeclarations
        extends KeyedCoProcessFunction<String, ChannelDeclaration, PathChange, CellChange> {
    /** Differences of slices. */
    public static final OutputTag<PathChange> SLICE_CHANGES =
            new OutputTag<>("declared-slice-changes", OperatorTypes.PATH_CHANGE);

    private final Timing timing;

    private transient ValueState<ChannelDay> days;

    public TrackDeclarations(Timing timing) {
        this.timing = timing;
    }

    /** The key of a declaration. */
    public static String keyOf(ChannelDeclaration declaration) {
        return keyOf(
                Slice.ofChannel(declaration.channel()).id(), declaration.day().toEpochDay());
    }

    /** The key of a change of {@link TrackCases#CHANNEL_CHANGES}. */
    public static String keyOf(PathChange received) {
        return keyOf(received.path().slice(), received.day());
    }

    private static String keyOf(String slice, long day) {
        return slice + "|" + day;
    }

    @Override
    public void open(OpenContext context) {
        days = getRuntimeContext().getState(new ValueStateDescriptor<>("day", OperatorTypes.CHANNEL_DAY));
    }

    @Override
    public void processElement1(ChannelDeclaration declaration, Context context, Collector<CellChange> out)
            throws Exception {
        if (timing.replayAsOf() != null && !declaration.begunBefore(timing.replayAsOf())) {
            return;
        }
        String channel = declaration.channel();
        SlicePath path = new SlicePath(
                Slice.ofChannel(channel).id(),
                new SlicePath(Slice.ofChannel(Cell.ALL_CHANNELS).id(), null));
        ChannelDay before = day();
        Cause cause = timing.isLive() ? Cause.declared(declaration) : null;
        become(
                before,
                before.declaring(declaration),
                path,
                channel,
                declaration.day().toEpochDay(),
                cause,
                context,
                out);
    }

    @Override
    public void processElement2(PathChange received, Context context, Collector<CellChange> out) throws Exception {
        ChannelDay before = day();
        become(
                before,
                before.receiving(received.change().get(Count.EVENTS_RECEIVED)),
                received.path(),
                Slice.ofId(received.path().slice()).unit(),
                received.day(),
                received.cause(),
                context,
                out);
    }

    private ChannelDay day() throws Exception {
        ChannelDay day = days.value();
        return day == null ? ChannelDay.NOTHING : day;
    }

    private void become(
            ChannelDay before,
            ChannelDay after,
            SlicePath path,
            String channel,
            long day,
            @Nullable Cause cause,
            Context context,
            Collector<CellChange> out)
            throws Exception {
        days.update(after);
        Tally change = after.contribution().plus(before.contribution().negate());
        if (!change.isZero()) {
            out.collect(new CellChange(Cell.ofChannel(channel, day).id(), change));
            context.output(SLICE_CHANGES, new PathChange(path, day, change, cause));
        }
    }
}
