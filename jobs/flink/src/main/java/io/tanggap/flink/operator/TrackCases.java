package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.DocumentWriter.Rendered;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SlicePath;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by case: keeps the history and its timers, folds, and emits what changed — documents of the case and its visits,
 * what it says of its problem, and the differences of its contributions to leaf cells (main output) and to slices.
 *
 * <p>Replay: events are only kept; one timer at the as-of folds each case once. Live: a case is folded when an event before
 * the as-of arrives, when its event-time timer fires (at the next change of its view or its next unseen event), and when
 * its sweep, on the wall clock, finds a reference pack that it was not folded with. While the job catches up, events and
 * timers of some seconds share one fold.
 *
 * <p>State per case: the history, bounded by the case's distinct events and given up when it is archived (in a replay, when
 * it is folded); live the memo, one record. What was contributed is subtracted as stored, under the packs that it was
 * folded with. A case is archived when it has been closed, and its history not been fed, for the reopen window and the time
 * of {@link Timing#archiveAfter}, and nothing of it changes by itself any more. What is left is a tombstone: eight bytes for
 * each event, by which a copy of one is told from news. It stays as long as the job.
 */
public final class TrackCases extends KeyedBroadcastProcessFunction<String, CaseEvent, ReferencePack, CellChange> {
    /** Documents of cases and visits. */
    public static final OutputTag<Document> DOCUMENTS = new OutputTag<>("documents", OperatorTypes.DOCUMENT);

    /** Differences of slices. */
    public static final OutputTag<PathChange> SLICE_CHANGES =
            new OutputTag<>("slice-changes", OperatorTypes.PATH_CHANGE);

    /** What cases say of their problems, when it has changed. */
    public static final OutputTag<Report> REPORTS = new OutputTag<>("reports", OperatorTypes.REPORT);

    /** Those of cases that go on in another one, or did until now. */
    public static final OutputTag<Report> MERGES = new OutputTag<>("merges", OperatorTypes.REPORT);

    /** Events of cases that have left the state. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", DomainTypes.DEAD_LETTER);

    private static final long NO_PACK_RETRY_MILLIS = 1_000;

    private final Timing timing;
    private final EmissionClock clock;

    private transient ListState<CaseEvent> history;
    private transient ValueState<CaseMemo> memos;
    private transient Packs packs;
    private transient SlicePaths slicePaths;
    private transient DocumentWriter documents;
    private transient CaseEventCodec codec;
    /** The last one before the end of the input, as far as this instance has met it. */
    private transient long latestWatermark;

    private transient Counter tracked;
    private transient Counter duplicates;
    private transient Counter late;
    private transient Counter folds;

    public TrackCases(Timing timing, EmissionClock clock) {
        this.timing = timing;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        history = getRuntimeContext().getListState(new ListStateDescriptor<>("history", DomainTypes.CASE_EVENT));
        memos = getRuntimeContext().getState(new ValueStateDescriptor<>("memo", OperatorTypes.CASE_MEMO));
        packs = new Packs();
        slicePaths = new SlicePaths();
        documents = new DocumentWriter(clock);
        codec = new CaseEventCodec();
        latestWatermark = Long.MIN_VALUE;
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
        tracked = metrics.counter(MetricNames.EVENTS_TRACKED);
        duplicates = metrics.counter(MetricNames.EVENTS_DUPLICATE);
        late = metrics.counter(MetricNames.DEAD_LETTERS_FOLD);
        folds = metrics.counter(MetricNames.FOLDS);
    }

    @Override
    public void processElement(CaseEvent event, ReadOnlyContext context, Collector<CellChange> out) throws Exception {
        if (!timing.isLive()) {
            tracked.inc();
            history.add(event);
            context.timerService().registerEventTimeTimer(timing.lastFlushMillis());
            return;
        }
        CaseMemo memo = memos.value();
        if (memo == null) {
            memo = CaseMemo.NEW;
            timing.scheduleSweep(context.getCurrentKey(), context.timerService());
        }
        long asOf = timing.asOfMillis(watermark(context.timerService()), memo.asOfMillis());
        if (memo.archived()) {
            afterTheEnd(event, memo, context);
            return;
        }
        tracked.inc();
        history.add(event);
        long visibleAt = event.occurredAt().toEpochMilli() + 1;
        if (visibleAt <= asOf) {
            foldNowOrSoon(memo, asOf, context, out);
        } else if (visibleAt < memo.wakeAtMillis()) {
            wake(memo, visibleAt, context.timerService());
        }
    }

    private void afterTheEnd(CaseEvent event, CaseMemo tombstone, ReadOnlyContext context) {
        if (tombstone.known().contains(CaseMemo.fingerprint(event.eventId()))) {
            tracked.inc();
            duplicates.inc();
        } else if (event.payload() instanceof Payload.Redacted) {
            // Nothing of what was given up was personal.
            tracked.inc();
        } else {
            late.inc();
            context.output(DEAD_LETTERS, archived(event));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CellChange> out) throws Exception {
        CaseMemo stored = timing.isLive() ? memos.value() : null;
        CaseMemo memo = stored == null ? CaseMemo.NEW : stored;
        if (memo.archived()) {
            return;
        }
        TimerService timers = context.timerService();
        long asOf = timing.asOfMillis(watermark(timers), memo.asOfMillis());
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            boolean ended = timing.isLive() && timers.currentWatermark() == Long.MAX_VALUE;
            // The end of the input says nothing about time: nothing falls due then.
            if (!ended || memo.foldAtMillis() != CaseMemo.NEVER) {
                foldNowOrSoon(memo, asOf, context, out);
            }
        } else {
            timing.scheduleSweep(context.getCurrentKey(), timers);
            if (timestamp == memo.foldAtMillis() || wasFoldedBefore(memo, context)) {
                refold(memo, asOf, context, out);
            }
        }
    }

    /** At the end of the input, the last one before: what was put off until then is judged as of that time. */
    private long watermark(TimerService timers) {
        long watermark = timers.currentWatermark();
        if (watermark != Long.MAX_VALUE) {
            latestWatermark = watermark;
        }
        return latestWatermark;
    }

    /** Now; but while the job catches up, with all that happens to the case in some seconds. */
    private void foldNowOrSoon(CaseMemo memo, long asOf, ReadOnlyContext context, Collector<CellChange> out)
            throws Exception {
        TimerService timers = context.timerService();
        if (!timing.isCatchingUp(timers)) {
            refold(memo, asOf, context, out);
        } else if (memo.foldAtMillis() == CaseMemo.NEVER) {
            memos.update(memo.foldingAt(asOf, timing.scheduleFlush(timers)));
        } else {
            memos.update(memo.foldingAt(asOf, memo.foldAtMillis()));
        }
    }

    /** Before the latest pack, or by a release in which cases said nothing of their problems. */
    private boolean wasFoldedBefore(CaseMemo memo, ReadOnlyContext context) throws Exception {
        boolean hasView = memo.packs() > 0;
        return hasView && (memo.report() == 0 || memo.packs() < packs.count(context.getBroadcastState(Packs.STATE)));
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<CellChange> out)
            throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    private void wake(CaseMemo memo, long at, TimerService timers) throws Exception {
        if (memo.wakeAtMillis() != CaseMemo.NEVER) {
            timers.deleteEventTimeTimer(memo.wakeAtMillis());
        }
        if (at != CaseMemo.NEVER) {
            timers.registerEventTimeTimer(at);
        }
        memos.update(memo.wakingAt(at));
    }

    private void refold(CaseMemo stored, long asOfMillis, ReadOnlyContext context, Collector<CellChange> out)
            throws Exception {
        CaseMemo memo = stored;
        if (stored.foldAtMillis() != CaseMemo.NEVER) {
            timing.unscheduleFlush(stored.foldAtMillis(), context.timerService());
            // A sweep at the same instant would have gone with it.
            timing.scheduleSweep(context.getCurrentKey(), context.timerService());
            memo = stored.foldingAt(asOfMillis, CaseMemo.NEVER);
        }
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (known == 0) {
            // The timer of a replay fires when every pack has been read: then there is none, and nothing to judge by.
            if (timing.isLive()) {
                wake(memo, asOfMillis + NO_PACK_RETRY_MILLIS, context.timerService());
            }
            return;
        }
        Instant asOf = Instant.ofEpochMilli(asOfMillis);
        CaseHistory events = CaseHistory.of(history.get());
        if (events.duplicates() > 0) {
            duplicates.inc(events.duplicates());
            history.update(events.events());
        }
        folds.inc();
        Folded folded = CaseFold.fold(events, packs.first(known), asOf);
        CaseView view = folded.view();
        CaseMemo next = memo.foldingAt(asOfMillis, CaseMemo.NEVER);
        if (view != null) {
            long version = clock.nextVersion(memo.version());
            Map<String, Tally> contributed = contribute(memo, view, known, out, context);
            long content = emitCase(memo, folded, version, context);
            List<Long> visits = emitVisits(memo, view, version, context);
            Report report = Report.of(view);
            long digest = report.digest();
            emitReport(memo, report, digest, context);
            next = new CaseMemo(
                    asOfMillis,
                    memo.wakeAtMillis(),
                    CaseMemo.NEVER,
                    version,
                    known,
                    contributed,
                    Contributions.VERSION,
                    content,
                    visits,
                    digest,
                    report.isMerged(),
                    false,
                    List.of());
        }
        if (timing.isLive()) {
            archiveOrWake(next, folded, events, packs.first(known), context);
        } else {
            // A replay folds a case once, at the end of its input: nothing asks for it again.
            history.clear();
        }
    }

    private Map<String, Tally> contribute(
            CaseMemo memo, CaseView view, int known, Collector<CellChange> out, ReadOnlyContext context) {
        Map<String, Tally> before = memo.contributed();
        Map<String, Tally> after = new HashMap<>();
        Map<Cell, Tally> contributions = Contributions.of(view);
        Hierarchy now = hierarchy(packs.first(known), view.dayOf(view.submittedAt()), view.asOf());
        Hierarchy stored =
                before.isEmpty() ? now : hierarchy(packs.first(memo.packs()), submissionDay(before), view.asOf());
        Hierarchy then = stored.name().equals(now.name()) ? null : stored;
        contributions.forEach((cell, tally) -> {
            String id = cell.id();
            after.put(id, tally);
            change(cell, id, before.getOrDefault(id, Tally.ZERO), tally, then, now, out, context);
        });
        before.forEach((id, tally) -> {
            if (!after.containsKey(id)) {
                change(Cell.ofId(id), id, tally, Tally.ZERO, then, now, out, context);
            }
        });
        return after;
    }

    /** The day on which a case was received is that of the cell in which it says so. */
    private static long submissionDay(Map<String, Tally> contributed) {
        return contributed.entrySet().stream()
                .filter(cell -> cell.getValue().get(Count.RECEIVED) != 0)
                .mapToLong(cell -> Cell.ofId(cell.getKey()).day())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a case that contributes was received on some day"));
    }

    /**
     * Under which hierarchy a case is summed in slices: on the structure of the run, else by the one known when the day of its
     * submission began, valid on that day. It is one for all of its days, or a case would enter the stocks of one parent unit
     * and leave those of another.
     */
    private Hierarchy hierarchy(Reference reference, long submissionDay, Instant asOf) {
        return timing.structure() == null
                ? reference.hierarchy(LocalDate.ofEpochDay(submissionDay)
                        .atStartOfDay(reference.zone())
                        .toInstant())
                : reference.structure(timing.structure(), asOf);
    }

    private void change(
            Cell cell,
            String id,
            Tally old,
            Tally tally,
            @Nullable Hierarchy then,
            Hierarchy now,
            Collector<CellChange> out,
            ReadOnlyContext context) {
        Tally difference = tally.plus(old.negate());
        if (!difference.isZero()) {
            out.collect(new CellChange(id, difference));
        }
        if (then == null) {
            spread(cell, difference, now, context);
        } else {
            // Under another hierarchy the cell may have been part of other slices: taken out there, put in here.
            spread(cell, old.negate(), then, context);
            spread(cell, tally, now, context);
        }
    }

    private void spread(Cell cell, Tally change, Hierarchy under, ReadOnlyContext context) {
        if (change.isZero()) {
            return;
        }
        for (SlicePath path : slicePaths.of(cell, under)) {
            context.output(SLICE_CHANGES, new PathChange(path, cell.day(), change));
        }
    }

    private long emitCase(CaseMemo memo, Folded folded, long version, ReadOnlyContext context) {
        Rendered rendered = documents.ofCase(requireNonNull(folded.view()), folded.nextChangeAt(), version);
        if (rendered.content() != memo.content()) {
            context.output(DOCUMENTS, rendered.document());
        }
        return rendered.content();
    }

    private List<Long> emitVisits(CaseMemo memo, CaseView view, long version, ReadOnlyContext context) {
        List<Long> digests = new ArrayList<>();
        for (Visit visit : view.visits()) {
            Rendered rendered = documents.ofVisit(view, visit, version);
            int index = digests.size();
            if (index >= memo.visits().size() || memo.visits().get(index) != rendered.content()) {
                context.output(DOCUMENTS, rendered.document());
            }
            digests.add(rendered.content());
        }
        for (int number = digests.size() + 1; number <= memo.visits().size(); number++) {
            Rendered retracted = documents.retractedVisit(view.caseId(), number, view.asOf(), version);
            if (memo.visits().get(number - 1) != retracted.content()) {
                context.output(DOCUMENTS, retracted.document());
            }
            // Kept, so that the number stays known and comes back if a later event revives the visit.
            digests.add(retracted.content());
        }
        return digests;
    }

    private static void emitReport(CaseMemo memo, Report report, long digest, ReadOnlyContext context) {
        if (digest != memo.report()) {
            context.output(REPORTS, report);
            if (report.isMerged() || memo.merged()) {
                context.output(MERGES, report);
            }
        }
    }

    /** A history that is only now being fed is not old, however long ago its case was closed. */
    private static Instant lastIngested(CaseHistory history) {
        Instant last = Instant.MIN;
        for (CaseEvent event : history.events()) {
            last = later(last, event.ingestedAt());
        }
        return last;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private void archiveOrWake(
            CaseMemo memo, Folded folded, CaseHistory events, Reference reference, ReadOnlyContext context)
            throws Exception {
        TimerService timers = context.timerService();
        CaseView view = folded.view();
        Instant closedAt = view == null || view.isOpen() ? null : view.cycle().closedAt();
        Instant change = folded.nextChangeAt();
        if (closedAt == null || change != null) {
            wake(memo, change == null ? CaseMemo.NEVER : change.toEpochMilli(), timers);
            return;
        }
        Instant last = later(closedAt, lastIngested(events));
        long archiveAt = last.plus(reference.knownAt(closedAt).rules().reopenWithin())
                .plus(timing.archiveAfter())
                .toEpochMilli();
        if (archiveAt > memo.asOfMillis()) {
            wake(memo, archiveAt, timers);
            return;
        }
        timers.deleteEventTimeTimer(memo.wakeAtMillis());
        history.clear();
        memos.update(CaseMemo.tombstone(events.events().stream()
                .map(event -> CaseMemo.fingerprint(event.eventId()))
                .toList()));
    }

    private DeadLetter archived(CaseEvent event) {
        return new DeadLetter(
                Stage.FOLD,
                "late.archived",
                "An event came for a case whose history was given up "
                        + timing.archiveAfter().toDays()
                        + " days after its reopen window; reprocess case-events to have it counted.",
                event.caseId(),
                codec.encode(event),
                Instant.ofEpochMilli(clock.micros() / 1_000));
    }
}
