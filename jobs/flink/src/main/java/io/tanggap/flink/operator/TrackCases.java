package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alerts;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Role;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.DocumentWriter.Rendered;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.Spread.Contributed;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * its alerts, what it says of its problem and of its evidence, and the differences of its contributions to leaf cells (main output) and to
 * slices.
 *
 * <p>Replay: events are only kept; one timer at the as-of folds each case once. Live: a case is folded when an event before
 * the as-of arrives, when its event-time timer fires (at the next change of its view or its next unseen event), and when
 * its sweep, on the wall clock, finds a reference pack that it was not folded with. While the job catches up, events and
 * timers of some seconds share one fold. What is then known better about the time before goes to the slices with its
 * {@link Cause}.
 *
 * <p>State per case: the history, bounded by the case's distinct events and given up when it is archived (in a replay, when
 * it is folded); live the memo, one record. What was contributed is subtracted as stored, under the packs that it was
 * folded with. A case is archived when it has been closed, and its history not been fed, for the reopen window and the time
 * of {@link Timing#archiveAfter}, and nothing of it changes by itself any more. What is left is a tombstone: eight bytes for
 * each event, by which a copy of one is told from news. It stays as long as the job.
 */
public final class TrackCases extends KeyedBroadcastProcessFunction<String, CaseEvent, ReferencePack, CellChange> {
    /** Documents of cases, visits and alerts. */
    public static final OutputTag<Document> DOCUMENTS = new OutputTag<>("documents", OperatorTypes.DOCUMENT);

    /** Differences of slices. */
    public static final OutputTag<PathChange> SLICE_CHANGES =
            new OutputTag<>("slice-changes", OperatorTypes.PATH_CHANGE);

    /** Those among them of channels. */
    public static final OutputTag<PathChange> CHANNEL_CHANGES =
            new OutputTag<>("channel-changes", OperatorTypes.PATH_CHANGE);

    /** What cases say of their problems, when it has changed. */
    public static final OutputTag<Membership> REPORTS = new OutputTag<>("reports", OperatorTypes.MEMBERSHIP);

    /** Those of cases that go on in another one, or did until now. */
    public static final OutputTag<Membership> MERGES = new OutputTag<>("merges", OperatorTypes.MEMBERSHIP);

    /** What cases say of pieces of evidence, when it has changed. */
    public static final OutputTag<EvidenceNews> EVIDENCE = new OutputTag<>("evidence", OperatorTypes.EVIDENCE_NEWS);

    /** What has to be told of cases, when something else is true than was told. */
    public static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", OperatorTypes.ALERT);

    /** Events of cases that have left the state. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", DomainTypes.DEAD_LETTER);

    private static final long NO_PACK_RETRY_MILLIS = 1_000;

    private final Timing timing;
    private final EmissionClock clock;

    private transient ListState<CaseEvent> history;
    private transient ValueState<CaseMemo> memos;
    private transient Packs packs;
    private transient Spread spread;
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
        spread = new Spread(timing);
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
        CaseMemo stored = memos.value();
        CaseMemo memo = stored == null ? CaseMemo.NEW : stored;
        if (stored == null) {
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
            foldNowOrSoon(memo.withLate(event.eventId()), memo.wakeAtMillis(), asOf, context, out);
        } else if (visibleAt < memo.wakeAtMillis()) {
            if (stored == null || timing.isCatchingUp(context.timerService())) {
                wake(memo, visibleAt, context.timerService());
            } else {
                // The timer itself says when something is due, so the memo, which is large, is not written. While
                // catching up it is: many events of a case wait for one heartbeat, each with its own timer.
                context.timerService().registerEventTimeTimer(visibleAt);
            }
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
            // What was to be seen until the as-of was, in one fold.
            boolean seen = timestamp <= memo.asOfMillis();
            // The end of the input says nothing about time: nothing falls due then.
            if (!seen && (!ended || memo.foldAtMillis() != CaseMemo.NEVER)) {
                foldNowOrSoon(memo, Math.min(timestamp, memo.wakeAtMillis()), asOf, context, out);
            }
        } else {
            timing.scheduleSweep(context.getCurrentKey(), timers);
            if (timestamp == memo.foldAtMillis() || wasFoldedBefore(memo, context)) {
                refold(memo, memo.wakeAtMillis(), asOf, context, out);
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

    /**
     * Now; but while the job catches up, with all that happens to the case in some seconds.
     *
     * @param due the first event time, since the last fold, at which the case changes or an event of it is seen
     */
    private void foldNowOrSoon(CaseMemo memo, long due, long asOf, ReadOnlyContext context, Collector<CellChange> out)
            throws Exception {
        TimerService timers = context.timerService();
        if (!timing.isCatchingUp(timers)) {
            refold(memo, due, asOf, context, out);
            return;
        }
        if (due < memo.wakeAtMillis() && memo.wakeAtMillis() != CaseMemo.NEVER) {
            timers.deleteEventTimeTimer(memo.wakeAtMillis());
        }
        long foldAt = memo.foldAtMillis() == CaseMemo.NEVER ? timing.scheduleFlush(timers) : memo.foldAtMillis();
        memos.update(memo.wakingAt(due).foldingAt(asOf, foldAt));
    }

    /** Before the latest pack, or by a release that counted otherwise or in which cases said nothing of their problems. */
    private boolean wasFoldedBefore(CaseMemo memo, ReadOnlyContext context) throws Exception {
        boolean hasView = memo.packs() > 0;
        return hasView
                && (memo.report() == 0
                        || memo.contributionsVersion() != Contributions.VERSION
                        || memo.packs() < packs.count(context.getBroadcastState(Packs.STATE)));
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<CellChange> out)
            throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    private void wake(CaseMemo memo, long at, TimerService timers) throws Exception {
        if (at != memo.wakeAtMillis()) {
            if (memo.wakeAtMillis() != CaseMemo.NEVER) {
                timers.deleteEventTimeTimer(memo.wakeAtMillis());
            }
            if (at != CaseMemo.NEVER) {
                timers.registerEventTimeTimer(at);
            }
        }
        memos.update(memo.wakingAt(at));
    }

    private void refold(CaseMemo stored, long due, long asOfMillis, ReadOnlyContext context, Collector<CellChange> out)
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
        List<CaseEvent> arrivals = new ArrayList<>();
        history.get().forEach(arrivals::add);
        CaseHistory events = CaseHistory.of(arrivals);
        if (events.duplicates() > 0) {
            duplicates.inc(events.duplicates());
            history.update(events.events());
        }
        folds.inc();
        Folded folded = CaseFold.fold(events, packs.first(known), asOf);
        CaseView view = folded.view();
        CaseMemo next = memo.seenAt(asOfMillis);
        if (view != null) {
            long version = clock.nextVersion(memo.version());
            Contributed after = contributed(view, packs.first(known));
            Cause cause = null;
            if (timing.isLive()) {
                cause = tellApart(memo, due, after, arrivals, events, known, asOf, out, context);
            } else {
                contribute(Contributed.NOTHING, after, null, out, context);
            }
            long content = emitCase(memo, folded, packs.first(known), version, context);
            List<Long> visits = emitVisits(memo, view, packs.first(known), version, context);
            Report report = Report.of(view);
            long digest = report.digest();
            boolean recounted = memo.packs() < known || memo.contributionsVersion() != Contributions.VERSION;
            emitReport(memo, report, digest, recounted, cause, context);
            Map<String, Long> evidence = emitEvidence(memo, view, recounted, cause, context);
            Alerts.After alerts = Alerts.after(memo.alerts(), view, packs.first(known), events);
            emitAlerts(alerts.news(), packs.first(known), version, context);
            next = new CaseMemo(
                    asOfMillis,
                    memo.wakeAtMillis(),
                    CaseMemo.NEVER,
                    version,
                    known,
                    after.tallies(),
                    Contributions.VERSION,
                    content,
                    visits,
                    digest,
                    report.isMerged(),
                    false,
                    List.of(),
                    List.of(),
                    evidence,
                    alerts.told());
        }
        if (timing.isLive()) {
            archiveOrWake(next, folded, events, packs.first(known), context);
        } else {
            // A replay folds a case once, at the end of its input: nothing asks for it again.
            history.clear();
        }
    }

    private Contributed contributed(CaseView view, Reference reference) {
        return spread.of(Contributions.of(view), reference, view.dayOf(view.submittedAt()), view.asOf());
    }

    /**
     * Contributes what differs from what is stored, and tells what has happened since from what is known better about the
     * time before. Known better is what late events and new packs change in what would be said without them at the same
     * as-of. So is everything that came with an event in time if it took back what had been settled: a place that was
     * corrected, a claim that was rejected.
     *
     * @return why something is known better; null if nothing is
     */
    private @Nullable Cause tellApart(
            CaseMemo memo,
            long due,
            Contributed after,
            List<CaseEvent> arrivals,
            CaseHistory events,
            int known,
            Instant asOf,
            Collector<CellChange> out,
            ReadOnlyContext context) {
        Contributed before = memo.packs() == 0
                ? Contributed.NOTHING
                : spread.stored(memo.contributed(), packs.first(memo.packs()), asOf);
        Set<String> late = late(memo, arrivals);
        boolean folded = memo.packs() > 0;
        boolean rejudged = folded && memo.packs() < known;
        boolean recounted = folded && memo.contributionsVersion() != Contributions.VERSION;
        if (late.isEmpty() && !rejudged && !recounted) {
            return contributeInTime(due, before, after, events, packs.first(known), asOf, out, context);
        }
        Cause cause = Cause.of(
                context.getCurrentKey(),
                ids(events, event -> late.contains(event.eventId())),
                rejudged ? packs.published(memo.packs(), known) : List.of(),
                recounted ? Contributions.VERSION : 0);
        boolean anythingDue = due <= asOf.toEpochMilli();
        if (!anythingDue || recounted) {
            // By an earlier mapping to cells nobody can tell any more what would be said.
            contribute(before, after, cause, out, context);
            return cause;
        }
        Reference then = packs.first(rejudged ? memo.packs() : known);
        CaseHistory withoutLate = CaseHistory.of(events.events().stream()
                .filter(event -> !late.contains(event.eventId()))
                .toList());
        CaseView view = CaseFold.fold(withoutLate, then, asOf).view();
        Contributed otherwise = view == null ? Contributed.NOTHING : contributed(view, then);
        contributeInTime(due, before, otherwise, withoutLate, then, asOf, out, context);
        contribute(otherwise, after, cause, out, context);
        return cause;
    }

    /** What events and timers in time have changed. */
    private @Nullable Cause contributeInTime(
            long due,
            Contributed before,
            Contributed after,
            CaseHistory events,
            Reference reference,
            Instant asOf,
            Collector<CellChange> out,
            ReadOnlyContext context) {
        // What is due at an instant shows one millisecond later.
        Instant since = Instant.ofEpochMilli(due - 1);
        Cause cause = null;
        if (takesBack(
                before, after, LocalDate.ofInstant(since, reference.zone()).toEpochDay())) {
            cause = Cause.of(
                    context.getCurrentKey(),
                    ids(
                            events,
                            event -> !event.occurredAt().isBefore(since)
                                    && event.occurredAt().isBefore(asOf)),
                    reference.packsUntil(asOf.plusMillis(1)).stream()
                            .filter(pack -> !pack.knownFrom().isBefore(since))
                            .map(ReferencePack::id)
                            .toList(),
                    0);
        }
        contribute(before, after, cause, out, context);
        return cause;
    }

    /** Whether anything settled changes that belongs to days before the first on which anything was due. */
    private static boolean takesBack(Contributed before, Contributed after, long firstDay) {
        return Stream.concat(before.tallies().keySet().stream(), after.tallies().keySet().stream())
                .filter(id -> !before.tally(id).equals(after.tally(id)))
                .filter(id -> after.cell(id).day() < firstDay)
                .anyMatch(
                        id -> !before.tally(id).settled().equals(after.tally(id).settled()));
    }

    private static List<String> ids(CaseHistory events, Predicate<CaseEvent> wanted) {
        return events.events().stream().filter(wanted).map(CaseEvent::eventId).toList();
    }

    /** The ids of late events of which no copy had come before the last fold, or in time. */
    private static Set<String> late(CaseMemo memo, List<CaseEvent> arrivals) {
        if (memo.late().isEmpty()) {
            return Set.of();
        }
        Map<Long, Long> lateCopies =
                memo.late().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<Long, Long> copies = arrivals.stream()
                .collect(Collectors.groupingBy(event -> CaseMemo.fingerprint(event.eventId()), Collectors.counting()));
        return arrivals.stream()
                .map(CaseEvent::eventId)
                .filter(id ->
                        Objects.equals(lateCopies.get(CaseMemo.fingerprint(id)), copies.get(CaseMemo.fingerprint(id))))
                .collect(Collectors.toSet());
    }

    private void contribute(
            Contributed before,
            Contributed after,
            @Nullable Cause cause,
            Collector<CellChange> out,
            ReadOnlyContext context) {
        spread.change(before, after, cause, out::collect, change -> {
            context.output(SLICE_CHANGES, change);
            if (change.path().slice().startsWith(Role.CHANNEL.name())) {
                context.output(CHANNEL_CHANGES, change);
            }
        });
    }

    private long emitCase(CaseMemo memo, Folded folded, Reference reference, long version, ReadOnlyContext context) {
        Rendered rendered = documents.ofCase(requireNonNull(folded.view()), folded.nextChangeAt(), reference, version);
        if (rendered.content() != memo.content()) {
            context.output(DOCUMENTS, rendered.document());
        }
        return rendered.content();
    }

    private List<Long> emitVisits(
            CaseMemo memo, CaseView view, Reference reference, long version, ReadOnlyContext context) {
        List<Long> digests = new ArrayList<>();
        for (Visit visit : view.visits()) {
            Rendered rendered = documents.ofVisit(view, visit, reference, version);
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

    /** Also what is no news, if it is counted otherwise now, or by a pack in which the units above its own may be others. */
    private static void emitReport(
            CaseMemo memo,
            Report report,
            long digest,
            boolean recounted,
            @Nullable Cause cause,
            ReadOnlyContext context) {
        if (digest != memo.report() || recounted) {
            context.output(REPORTS, Membership.own(report, cause));
        }
        if (digest != memo.report()) {
            if (report.isMerged() || memo.merged()) {
                context.output(MERGES, Membership.own(report, cause));
            }
        }
    }

    /** As reports: also what is no news, if it is counted otherwise now. */
    private static Map<String, Long> emitEvidence(
            CaseMemo memo, CaseView view, boolean recounted, @Nullable Cause cause, ReadOnlyContext context) {
        Map<String, Long> contents = new TreeMap<>();
        for (Exhibit exhibit : Exhibit.of(view)) {
            String digest = exhibit.digest();
            long content = exhibit.content();
            contents.put(digest, content);
            if (recounted || !Objects.equals(memo.evidence().get(digest), content)) {
                context.output(EVIDENCE, new EvidenceNews(digest, view.caseId(), exhibit, cause));
            }
        }
        for (String digest : memo.evidence().keySet()) {
            if (!contents.containsKey(digest)) {
                context.output(EVIDENCE, new EvidenceNews(digest, view.caseId(), null, cause));
            }
        }
        return contents;
    }

    private void emitAlerts(List<Alert> news, Reference reference, long version, ReadOnlyContext context) {
        for (Alert alert : news) {
            context.output(ALERTS, alert);
            context.output(DOCUMENTS, documents.ofAlert(alert, reference, version));
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
        Instant change = folded.wakeAt();
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
