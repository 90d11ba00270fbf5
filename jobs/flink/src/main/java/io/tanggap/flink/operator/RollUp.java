package io.tanggap.flink.operator;

import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.RowMemo;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by slice: keeps day → tally, and once per flush writes the rows of the windows that changed. A change of flows
 * changes the stocks at every later midnight too, so the rows of all later windows are written with it.
 *
 * <p>A window has a row when anything happened in it. Where nothing is cut, every other week and month up to that of the
 * as-of has one too while a stock is left at its end, and so have the day of the as-of and the one before: a unit that does
 * nothing does not drop out of sight, and ten years of it are not four thousand rows. A row of which nothing is left, or of a
 * day without events that has become an older one, is overwritten as retracted.
 *
 * <p>Live, what ages without events (the curves of windows with open cases, and the window of the new day) is written anew
 * with the next flush after each local midnight, at a moment spread by key over ten minutes.
 *
 * <p>State per slice: one tally per day with anything in it, its flows summed by month, the changes since the last flush,
 * a memo. Live, days are kept, since a late event may correct any of them; a replay flushes a slice once.
 */
public final class RollUp extends KeyedBroadcastProcessFunction<String, SliceChange, ReferencePack, Document> {
    private static final long SPREAD_MILLIS = Duration.ofMinutes(10).toMillis();

    private final Timing timing;
    private final EmissionClock clock;

    private transient MapState<Long, Tally> days;
    private transient MapState<Long, Tally> monthlyFlows;
    /** Since the last flush: adding them to what they change would read and write each day for each of them. */
    private transient MapState<Long, Tally> changes;

    private transient ValueState<RowMemo> memos;
    private transient Packs packs;
    private transient DocumentWriter documents;

    public RollUp(Timing timing, EmissionClock clock) {
        this.timing = timing;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        days = map("days");
        monthlyFlows = map("monthly-flows");
        changes = map("changes");
        memos = getRuntimeContext().getState(new ValueStateDescriptor<>("memo", OperatorTypes.ROW_MEMO));
        packs = new Packs();
        documents = new DocumentWriter(clock);
    }

    private MapState<Long, Tally> map(String name) {
        return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.LONG, OperatorTypes.TALLY));
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<Document> out) throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    @Override
    public void processElement(SliceChange change, ReadOnlyContext context, Collector<Document> out) throws Exception {
        Tally sum = changes.get(change.day());
        changes.put(change.day(), sum == null ? change.change() : sum.plus(change.change()));
        if (sum != null) {
            return; // With the first change of a day the flush was set.
        }
        RowMemo memo = memo();
        if (memo.flushAtMillis() == CaseMemo.NEVER) {
            long asOf = timing.asOfMillis(context.timerService().currentWatermark(), memo.asOfMillis());
            memos.update(memo.flushingAt(asOf, timing.scheduleFlush(context.timerService())));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Document> out) throws Exception {
        RowMemo memo = memo();
        TimerService timers = context.timerService();
        long watermark = timers.currentWatermark();
        boolean ended = timing.isLive() && watermark == Long.MAX_VALUE;
        long asOfMillis = timing.asOfMillis(watermark, memo.asOfMillis());
        boolean flushes = memo.flushAtMillis() != CaseMemo.NEVER;
        if (context.timeDomain() == TimeDomain.EVENT_TIME && timestamp != timing.lastFlushMillis()) {
            // Not at once: where the clock catches up, midnights pass that nobody would see.
            if (!flushes && !ended) {
                memos.update(memo.flushingAt(asOfMillis, timing.scheduleFlush(timers)));
            }
            return;
        }
        if (!flushes) {
            return;
        }
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (known == 0 || asOfMillis == Long.MIN_VALUE) {
            // Live, the first changes can overtake the first pack or the first watermark.
            if (timing.isLive() && !ended) {
                memos.update(memo.flushingAt(memo.asOfMillis(), timing.scheduleFlush(timers)));
            }
            return;
        }
        boolean ages = memo.agesAtMillis() <= asOfMillis;
        Reference reference = packs.first(known);
        timing.unscheduleFlush(memo.flushAtMillis(), timers);
        long version = clock.nextVersion(memo.version());
        boolean open = new Flush(context.getCurrentKey(), reference, Instant.ofEpochMilli(asOfMillis), version, memo)
                .write(ages, out);
        if (!timing.isLive()) {
            memos.clear();
            return;
        }
        // Only a flush that looked at every window can say that nothing ages any more.
        long agesAt = memo.agesAtMillis() != CaseMemo.NEVER && !ages
                ? memo.agesAtMillis()
                : scheduleAges(open, reference, asOfMillis, context);
        memos.update(RowMemo.written(asOfMillis, version, agesAt));
    }

    private long scheduleAges(boolean open, Reference reference, long asOfMillis, OnTimerContext context) {
        if (!open) {
            return CaseMemo.NEVER;
        }
        Instant asOf = Instant.ofEpochMilli(asOfMillis);
        ZoneId zone = reference.zone();
        long agesAt = LocalDate.ofInstant(asOf, zone)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .toEpochMilli()
                + Math.floorMod(context.getCurrentKey().hashCode(), SPREAD_MILLIS);
        context.timerService().registerEventTimeTimer(agesAt);
        return agesAt;
    }

    private RowMemo memo() throws Exception {
        RowMemo memo = memos.value();
        return memo == null ? RowMemo.NEW : memo;
    }

    /** One flush of the current slice. */
    private final class Flush {
        private final Slice slice;
        private final Reference reference;
        private final Instant asOf;
        private final ZoneId zone;
        private final long today;
        private final Instant midnight;
        private final long version;
        /** The day of the flush before: windows that begin later have not been written. */
        private final long flushedOn;

        private final TreeSet<Long> known = new TreeSet<>();
        private final TreeMap<Long, Tally> read = new TreeMap<>();
        private final TreeMap<Long, Tally> flowsOfMonths = new TreeMap<>();
        private final TreeSet<Long> changed = new TreeSet<>();
        /** The first day whose flows changed, and with them every later stock. */
        private long stocksFrom = Long.MAX_VALUE;
        /** The flows of all days before {@code summedTo}. */
        private TallySum flowsSummed = new TallySum();

        private long summedTo = Long.MIN_VALUE;

        Flush(String sliceId, Reference reference, Instant asOf, long version, RowMemo before) throws Exception {
            slice = Slice.ofId(sliceId);
            this.reference = reference;
            this.asOf = asOf;
            this.version = version;
            zone = reference.zone();
            today = LocalDate.ofInstant(asOf, zone).toEpochDay();
            midnight = startOf(today);
            flushedOn = before.writtenAsOfMillis() == Long.MIN_VALUE
                    ? Long.MIN_VALUE
                    : LocalDate.ofInstant(Instant.ofEpochMilli(before.writtenAsOfMillis()), zone)
                            .toEpochDay();
            days.keys().forEach(known::add);
            for (Map.Entry<Long, Tally> month : monthlyFlows.entries()) {
                flowsOfMonths.put(month.getKey(), month.getValue());
            }
            for (Map.Entry<Long, Tally> change : changes.entries()) {
                if (!change.getValue().isZero()) {
                    add(change.getKey(), change.getValue());
                }
            }
            changes.clear();
        }

        private void add(long day, Tally change) throws Exception {
            changed.add(day);
            // A day that has come to nothing is kept: its rows have been written and must say so.
            Tally now = known.add(day) ? change : tally(day).plus(change);
            read.put(day, now);
            Tally flows = change.flows();
            long month = Window.MONTH.startOf(day);
            if (!flows.isZero()) {
                stocksFrom = Math.min(stocksFrom, day);
                flowsOfMonths.merge(month, flows, Tally::plus);
            }
            if (timing.isLive()) {
                days.put(day, now);
                if (!flows.isZero()) {
                    monthlyFlows.put(month, flowsOfMonths.get(month));
                }
            }
        }

        /** Writes what changed, or everything that has aged; returns whether anything will age further. */
        boolean write(boolean ages, Collector<Document> out) throws Exception {
            if (known.isEmpty()) {
                return false;
            }
            boolean ageing = !slice.isCut() && hasStock(flowsBefore(today + 1));
            for (Window window : slice.windows()) {
                TreeSet<Long> due = new TreeSet<>();
                changed.forEach(day -> due.add(window.startOf(day)));
                TreeSet<Long> withEvents = new TreeSet<>();
                known.forEach(day -> withEvents.add(window.startOf(day)));
                for (long start : withEvents) {
                    long end = window.endOf(start);
                    if (end > stocksFrom || (ages && hasOpen(start, end))) {
                        due.add(start);
                    }
                }
                if (!slice.isCut()) {
                    addEventless(window, withEvents, due);
                }
                for (long start : due) {
                    boolean open = row(window, start, out);
                    ageing |= open || (withEvents.contains(start) && window.endOf(start) > today);
                }
            }
            return ageing;
        }

        /**
         * Adds the windows without events that have begun since the flush before, or whose stocks may have changed, and the
         * days that were shown then and are too old now.
         */
        private void addEventless(Window window, Set<Long> withEvents, Set<Long> due) throws Exception {
            long oldest = Math.max(known.first(), window == Window.DAY ? today - 1 : Long.MIN_VALUE);
            for (long start = window.startOf(Math.max(oldest, Math.min(stocksFrom, flushedOn)));
                    start <= today;
                    start = window.endOf(start)) {
                if (!withEvents.contains(start) && (start > flushedOn || window.endOf(start) > stocksFrom)) {
                    due.add(start);
                }
            }
            if (window == Window.DAY && flushedOn != Long.MIN_VALUE) {
                for (long day = Math.max(known.first(), flushedOn - 1); day < oldest && day <= flushedOn; day++) {
                    boolean shown = day + 1 > stocksFrom || hasStock(flowsBefore(day + 1));
                    if (shown && snapshot(day, day + 1).isZero()) {
                        due.add(day);
                    }
                }
            }
        }

        /** Writes the row of a window, or retracts it; returns whether cases of its cohort are open. */
        private boolean row(Window window, long start, Collector<Document> out) throws Exception {
            Snapshot snapshot = snapshot(start, window.endOf(start));
            Tally before = flowsBefore(window.endOf(start));
            boolean inSight = !slice.isCut() && (window != Window.DAY || start >= today - 1);
            if (!snapshot.isZero() || (inSight && hasStock(before))) {
                Responsiveness figures = Responsiveness.of(snapshot, before);
                out.collect(documents
                        .ofRow(slice, window, start, figures, reference, timing.structure(), asOf, midnight, version)
                        .document());
            } else if (start <= flushedOn) {
                out.collect(documents
                        .retractedRow(slice, window, start, asOf, version)
                        .document());
            }
            return snapshot.open() > 0;
        }

        private static boolean hasStock(Tally flows) {
            return flows.get(Count.OPEN_ENTERED) != flows.get(Count.OPEN_LEFT)
                    || flows.get(Count.OVERDUE_ENTERED) != flows.get(Count.OVERDUE_LEFT)
                    || flows.get(Count.NO_TARGET_ENTERED) != flows.get(Count.NO_TARGET_LEFT)
                    || flows.get(Count.STALE_ENTERED) != flows.get(Count.STALE_LEFT);
        }

        private Snapshot snapshot(long start, long end) throws Exception {
            Snapshot sum = new Snapshot();
            for (long day : known.subSet(start, end)) {
                sum.add(tally(day), startOf(day), midnight);
            }
            return sum;
        }

        private boolean hasOpen(long start, long end) throws Exception {
            for (long day : known.subSet(start, end)) {
                if (tally(day).sum(Count.OPEN_SLOT) > 0) {
                    return true;
                }
            }
            return false;
        }

        /** Cheap for ends that ascend, as those of a window do: each goes on from the one before. */
        private Tally flowsBefore(long end) throws Exception {
            long month = Window.MONTH.startOf(end);
            if (summedTo < month || summedTo > end) {
                summedTo = month;
                flowsSummed = new TallySum();
                flowsOfMonths.headMap(summedTo).values().forEach(flowsSummed::add);
            }
            for (long day : known.subSet(summedTo, end)) {
                flowsSummed.addFlows(tally(day));
            }
            summedTo = end;
            return flowsSummed.toTally();
        }

        private Tally tally(long day) throws Exception {
            Tally tally = read.get(day);
            if (tally == null) {
                tally = days.get(day);
                read.put(day, tally);
            }
            return tally;
        }

        private Instant startOf(long day) {
            return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant();
        }
    }
}
