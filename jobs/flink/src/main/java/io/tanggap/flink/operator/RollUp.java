package io.tanggap.flink.operator;

import io.tanggap.core.measure.AgeBins;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Restated;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Stock;
import io.tanggap.core.measure.Stops;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.document.Restatement;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.Causes;
import io.tanggap.flink.state.Correction;
import io.tanggap.flink.state.RowMemo;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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
 * <p>A window has a row when anything happened in it. Where nothing is cut, every other week, month and quarter up to that of
 * the as-of and every rolling window has one too while a stock is left at its end, and so have the day of the as-of and the one
 * before: a unit that does nothing does not drop out of sight, and ten years of it are not four thousand rows. A row of which
 * nothing is left, or of a day without events that has become an older one, is overwritten as retracted.
 *
 * <p>Live, what ages without events (the curves of windows with open cases, and the window of the new day) is written anew
 * with the next flush after each local midnight, at a moment spread by key over ten minutes. Rolling windows are written anew
 * with the first flush of a day, and when something changes on one of their days; so what happens today touches none of them.
 *
 * <p>A calendar window is final when the allowed lateness after its end is over. What is then its row is published. When what is
 * known better changes a figure of a published row, or takes it away or brings it, that is told by one restatement for each
 * row and flush. What goes on ageing is no restatement, and rolling windows are never final. While the job catches up, the
 * cases of some seconds are not folded yet: then only what was final at the flush before the last counts as published.
 *
 * <p>State per slice: one tally per day with anything in it, its flows summed by month, the changes and corrections since the
 * last flush, the number of restatements of each row that was restated, a memo. Live, days are kept, since a late event may
 * correct any of them; a replay flushes a slice once.
 */
public final class RollUp extends KeyedBroadcastProcessFunction<String, SliceChange, ReferencePack, Document> {
    private static final long SPREAD_MILLIS = Duration.ofMinutes(10).toMillis();
    /** What is older has no order of age, and so grows older without a change. */
    private static final long LONGEST_AGE_DAYS =
            AgeBins.upperHours(AgeBins.OVERFLOW - 1) / 24 + Stops.DURABLE.toDays() + 2;
    /** With the day itself, and one more where a day had an hour less. */
    private static final int LONGEST_HORIZON_DAYS = Collections.max(Snapshot.HORIZONS) + 2;

    private final Timing timing;
    private final EmissionClock clock;

    private transient MapState<Long, Tally> days;
    private transient MapState<Long, Tally> monthlyFlows;
    /** Since the last flush: adding them to what they change would read and write each day for each of them. */
    private transient MapState<Long, Tally> changes;
    /** Of these, what is known better about the time before. */
    private transient MapState<Long, Correction> corrections;
    /** How often each row was restated, by what its id has after the slice's. */
    private transient MapState<String, Long> revisions;

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
        corrections = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("corrections", Types.LONG, OperatorTypes.CORRECTION));
        revisions = getRuntimeContext().getMapState(new MapStateDescriptor<>("revisions", Types.STRING, Types.LONG));
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
        if (change.causes() == null) {
            Tally sum = changes.get(change.day());
            changes.put(change.day(), sum == null ? change.change() : sum.plus(change.change()));
            if (sum != null) {
                return; // With the first change of a day the flush was set.
            }
        } else {
            Correction more = new Correction(change.change(), change.causes());
            Correction sum = corrections.get(change.day());
            corrections.put(change.day(), sum == null ? more : sum.and(more));
            if (sum != null) {
                return;
            }
        }
        RowMemo memo = memo();
        if (memo.flushAtMillis() == CaseMemo.NEVER) {
            long asOf = timing.asOfMillis(context.timerService().currentWatermark(), memo.asOfMillis());
            memos.update(memo.flushingAt(asOf, timing.scheduleFlush(memo.version(), context.timerService())));
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
                memos.update(memo.flushingAt(asOfMillis, timing.scheduleFlush(memo.version(), timers)));
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
                memos.update(memo.flushingAt(memo.asOfMillis(), timing.scheduleFlush(memo.version(), timers)));
            }
            return;
        }
        boolean ages = memo.agesAtMillis() <= asOfMillis;
        Reference reference = packs.first(known);
        timing.unscheduleFlush(memo.flushAtMillis(), timers);
        long version = clock.nextVersion(memo.version());
        boolean catchingUp = timing.isCatchingUp(timers);
        long published =
                catchingUp ? memo.publishedAsOfMillis() : Math.max(memo.publishedAsOfMillis(), memo.asOfMillis());
        Flush flush = new Flush(
                context.getCurrentKey(), reference, Instant.ofEpochMilli(asOfMillis), version, memo, published);
        boolean ageing = flush.write(ages, out);
        if (!timing.isLive()) {
            memos.clear();
            return;
        }
        // Only a flush that looked at every window can say that nothing ages any more.
        long agesAt = memo.agesAtMillis() != CaseMemo.NEVER && !ages
                ? memo.agesAtMillis()
                : scheduleAges(ageing, reference, asOfMillis, context);
        memos.update(RowMemo.written(
                asOfMillis, version, agesAt, catchingUp ? memo.writtenAsOfMillis() : asOfMillis, flush.rolling()));
    }

    private long scheduleAges(boolean ageing, Reference reference, long asOfMillis, OnTimerContext context) {
        if (!ageing) {
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
        /** The rolling windows that had a row, then those that have one. */
        private final Set<Window> rolling = EnumSet.noneOf(Window.class);

        private final Duration allowedLateness;
        /** Windows that end after this day are not published. */
        private final long publishedUntil;
        /** What of published days is known better, or was not settled when it should have been, by day. */
        private final TreeMap<Long, Correction> revised = new TreeMap<>();

        private final TreeSet<Long> known = new TreeSet<>();
        private final TreeMap<Long, Tally> read = new TreeMap<>();
        private final TreeMap<Long, Tally> flowsOfMonths = new TreeMap<>();
        private final TreeSet<Long> changed = new TreeSet<>();
        /** The first day whose flows changed, and with them every later stock. */
        private long stocksFrom = Long.MAX_VALUE;
        /** The flows of all days before {@code summedTo}. */
        private TallySum flowsSummed = new TallySum();

        private long summedTo = Long.MIN_VALUE;

        Flush(String sliceId, Reference reference, Instant asOf, long version, RowMemo before, long published)
                throws Exception {
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
            rolling.addAll(before.rolling());
            allowedLateness = reference.knownAt(asOf).rules().allowedLateness();
            publishedUntil = published == Long.MIN_VALUE || !timing.isLive()
                    ? Long.MIN_VALUE
                    : LocalDate.ofInstant(Instant.ofEpochMilli(published).minus(allowedLateness), zone)
                            .toEpochDay();
            for (Map.Entry<Long, Tally> change : changes.entries()) {
                add(change.getKey(), change.getValue());
                if (change.getKey() < publishedUntil && flushedOn != Long.MIN_VALUE) {
                    revise(change.getKey(), new Correction(change.getValue().settled(), Causes.NONE));
                }
            }
            for (Map.Entry<Long, Correction> correction : corrections.entries()) {
                add(correction.getKey(), correction.getValue().change());
                if (correction.getKey() < publishedUntil) {
                    revise(correction.getKey(), correction.getValue());
                }
            }
            changes.clear();
            corrections.clear();
        }

        private void revise(long day, Correction correction) {
            if (!correction.change().isZero()) {
                revised.merge(day, correction, Correction::and);
            }
        }

        private void add(long day, Tally change) throws Exception {
            if (change.isZero()) {
                return;
            }
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
                if (window.isRolling()) {
                    continue;
                }
                TreeSet<Long> due = new TreeSet<>();
                changed.forEach(day -> due.add(window.startOf(day)));
                TreeSet<Long> withEvents = new TreeSet<>();
                known.forEach(day -> withEvents.add(window.startOf(day)));
                for (long start : withEvents) {
                    long end = window.endOf(start);
                    if (end > stocksFrom || (ages && hasOpen(start, end)) || turnsOrMatures(start, end)) {
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
            rollingRows(out);
            return ageing || !rolling.isEmpty() || hasHorizon(today - LONGEST_HORIZON_DAYS, today + 1);
        }

        /** The rolling windows that have a row. */
        List<Window> rolling() {
            return List.copyOf(rolling);
        }

        /** Each window goes on from the shorter one, whose days are its last. */
        private void rollingRows(Collector<Document> out) throws Exception {
            Snapshot sum = new Snapshot();
            long summedFrom = today;
            for (Window window : slice.windows()) {
                if (!window.isRolling()) {
                    continue;
                }
                long start = window.startBefore(today);
                boolean touched =
                        stocksFrom < today || !changed.subSet(start, today).isEmpty();
                if (today == flushedOn && !touched) {
                    continue;
                }
                for (long day : known.subSet(start, summedFrom)) {
                    sum.add(tally(day), Day.of(day, zone), midnight);
                }
                summedFrom = start;
                Stock closing = stock(today, false);
                if (!sum.isZero() || (!slice.isCut() && hasStock(closing.flows()))) {
                    write(window, start, figures(sum, stock(start, false), closing, closing.flows()), out);
                    rolling.add(window);
                } else if (rolling.remove(window)) {
                    retract(window, start, out);
                }
            }
        }

        /**
         * Adds the windows without events that have begun since the flush before, or whose stocks may have changed, and the
         * days that were shown then and are too old now.
         */
        private void addEventless(Window window, Set<Long> withEvents, Set<Long> due) throws Exception {
            boolean turned = turns();
            long oldest = Math.max(known.first(), window == Window.DAY ? today - 1 : Long.MIN_VALUE);
            for (long start = window.startOf(Math.max(oldest, Math.min(stocksFrom, flushedOn)));
                    start <= today;
                    start = window.endOf(start)) {
                boolean goesOn = start > flushedOn || (turned && window.endOf(start) > flushedOn);
                if (!withEvents.contains(start) && (goesOn || window.endOf(start) > stocksFrom)) {
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
            long end = window.endOf(start);
            Snapshot snapshot = snapshot(start, end);
            // In the order of days, for the flows are summed on.
            Stock opening = stock(start, false);
            Stock closing = stock(Math.min(end, today), false);
            Tally before = flowsBefore(end);
            SortedMap<String, Number> shown = Collections.emptySortedMap();
            if (isShown(window, start, snapshot, before)) {
                Responsiveness figures = figures(snapshot, opening, closing, before);
                write(window, start, figures, out);
                if (!revised.isEmpty()) {
                    shown = figures.figures();
                }
            } else if (start <= flushedOn) {
                retract(window, start, out);
            }
            if (!revised.headMap(end).isEmpty() && end <= publishedUntil) {
                restate(window, start, snapshot, shown, out);
            }
            return snapshot.ages();
        }

        /**
         * Whether the first flush of a day finds a window that went on at the last flush, whose stock and times were then those
         * of an earlier midnight, or days in it that have become old enough for a figure with a horizon.
         */
        private boolean turnsOrMatures(long start, long end) throws Exception {
            if (today <= flushedOn || flushedOn == Long.MIN_VALUE) {
                return false;
            }
            if (end > flushedOn && turns()) {
                return true;
            }
            for (int days : Snapshot.HORIZONS) {
                // A day later where a day had an hour less.
                if (start + 1 + days <= today && end + days + 1 > flushedOn && hasHorizon(start, end)) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Whether stocks or times of the window that goes on are others at this midnight than at that of the last flush, or
         * what is said of whole days counts since.
         */
        private boolean turns() throws Exception {
            if (today <= flushedOn || flushedOn == Long.MIN_VALUE) {
                return false;
            }
            if (goesOn(flowsBefore(flushedOn)) || goesOn(flowsBefore(today))) {
                return true;
            }
            for (long day : known.subSet(flushedOn, today)) {
                Tally tally = tally(day);
                if (tally.has(Count.TIME_SECONDS)
                        || tally.has(Count.DAYS_DECLARED)
                        || tally.has(Count.DAYS_UNDECLARED)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean goesOn(Tally flows) {
            return hasStock(flows) || flows.has(Count.TIME_RUNNING);
        }

        private boolean hasHorizon(long start, long end) throws Exception {
            for (long day : known.subSet(start, end)) {
                if (tally(day).has(Count.PROBLEM_REPORTS) || tally(day).has(Count.FINAL_STOP)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isShown(Window window, long start, Snapshot snapshot, Tally before) {
            boolean inSight = !slice.isCut() && (window != Window.DAY || start >= today - 1);
            return !snapshot.isZero() || (inSight && hasStock(before));
        }

        private void write(Window window, long start, Responsiveness figures, Collector<Document> out) {
            out.collect(documents
                    .ofRow(slice, window, start, figures, reference, timing.structure(), asOf, midnight, version)
                    .document());
        }

        private void retract(Window window, long start, Collector<Document> out) {
            out.collect(
                    documents.retractedRow(slice, window, start, asOf, version).document());
        }

        /**
         * Tells how the row of a published window differs from what it would be had nothing become known better. Both are as of
         * the same midnight, so that what has aged differs in neither.
         */
        private void restate(
                Window window, long start, Snapshot snapshot, SortedMap<String, Number> shown, Collector<Document> out)
                throws Exception {
            long end = window.endOf(start);
            Tally flows = Tally.ZERO;
            Causes causes = Causes.NONE;
            for (Map.Entry<Long, Correction> day : revised.headMap(end).entrySet()) {
                Tally flowsOfDay = day.getValue().change().flows();
                flows = flows.plus(flowsOfDay);
                if (day.getKey() >= start || !flowsOfDay.isZero()) {
                    causes = causes.and(day.getValue().causes());
                }
            }
            boolean onItsDays = !revised.subMap(start, end).isEmpty();
            if (!onItsDays && flows.isZero()) {
                return;
            }
            Snapshot otherwise = onItsDays ? unrevised(start, end) : snapshot;
            Stock closing = stock(end, true);
            List<Restated> figures = Restated.between(
                    isShown(window, start, otherwise, closing.flows())
                            ? figures(otherwise, stock(start, true), closing, closing.flows())
                                    .figures()
                            : Collections.emptySortedMap(),
                    shown);
            if (figures.isEmpty()) {
                return;
            }
            String row = window + "|" + start;
            Long last = revisions.get(row);
            long revision = last == null ? 1 : last + 1;
            revisions.put(row, revision);
            out.collect(documents
                    .ofRestatement(
                            slice,
                            window,
                            start,
                            new Restatement(revision, startOf(end).plus(allowedLateness), figures, causes),
                            reference,
                            asOf,
                            version)
                    .document());
        }

        private Responsiveness figures(Snapshot window, Stock opening, Stock closing, Tally now) {
            if (slice.role() == Role.CHANNEL) {
                return Responsiveness.ofChannel(window);
            }
            return slice.counterpart() == null
                    ? Responsiveness.of(window, opening, closing, now)
                    : Responsiveness.ofPair(window);
        }

        /** @param unrevised without what is known better */
        private Stock stock(long day, boolean unrevised) throws Exception {
            Tally flows = flowsBefore(day);
            if (unrevised) {
                for (Correction correction : revised.headMap(day).values()) {
                    flows = flows.plus(correction.change().flows().negate());
                }
            }
            return new Stock(flows, Day.of(day, zone));
        }

        private Snapshot unrevised(long start, long end) throws Exception {
            Snapshot sum = new Snapshot();
            for (long day : known.subSet(start, end)) {
                Correction correction = revised.get(day);
                Tally tally = correction == null
                        ? tally(day)
                        : tally(day).plus(correction.change().negate());
                sum.add(tally, Day.of(day, zone), midnight);
            }
            return sum;
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
                sum.add(tally(day), Day.of(day, zone), midnight);
            }
            return sum;
        }

        private boolean hasOpen(long start, long end) throws Exception {
            long from = Math.max(start, today - LONGEST_AGE_DAYS);
            for (long day : from < end ? known.subSet(from, end) : Set.<Long>of()) {
                if (tally(day).has(Count.OPEN_SLOT) || tally(day).has(Count.DURABLE_OPEN_SLOT)) {
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
