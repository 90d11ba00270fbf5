package io.tanggap.flink.operator;

import io.tanggap.core.measure.Contributions;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.DocumentWriter.Rendered;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.operator.Spread.Contributed;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.ProblemMemo;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by problem, which is by its root's case: joins what the root says with the reports that were merged into it, and once
 * per flush, if they say something new, writes the problem's document and emits the differences of its contributions to leaf
 * cells (main output) and to slices. The document of a case that turns out to be a duplicate is overwritten as retracted.
 *
 * <p>Live, a problem is counted anew at the midnights at which an end of it becomes part of the curves, and at which it is known
 * to have lasted.
 *
 * <p>State per case: one record with its report and what it contributed, and one report for each case merged into it. Live they
 * are kept as long as the job, beside the tombstones of archived cases: an archived case says nothing more, but another one
 * may be merged into it at any time, and the document must then still know what it said. A replay writes each once and keeps
 * nothing.
 */
public final class TrackProblems extends KeyedBroadcastProcessFunction<String, Membership, ReferencePack, CellChange> {
    /** Documents of problems. */
    public static final OutputTag<Document> DOCUMENTS = new OutputTag<>("problem-documents", OperatorTypes.DOCUMENT);

    /** Differences of slices. */
    public static final OutputTag<PathChange> SLICE_CHANGES =
            new OutputTag<>("problem-slice-changes", OperatorTypes.PATH_CHANGE);

    private final Timing timing;
    private final EmissionClock clock;

    private transient ValueState<ProblemMemo> memos;
    private transient MapState<String, Report> merged;
    private transient Packs packs;
    private transient Spread spread;
    private transient DocumentWriter documents;

    public TrackProblems(Timing timing, EmissionClock clock) {
        this.timing = timing;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        memos = getRuntimeContext().getState(new ValueStateDescriptor<>("memo", OperatorTypes.PROBLEM_MEMO));
        merged =
                getRuntimeContext().getMapState(new MapStateDescriptor<>("merged", Types.STRING, OperatorTypes.REPORT));
        packs = new Packs();
        spread = new Spread(timing);
        documents = new DocumentWriter(clock);
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<CellChange> out)
            throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    @Override
    public void processElement(Membership news, ReadOnlyContext context, Collector<CellChange> out) throws Exception {
        ProblemMemo memo = memo();
        boolean pending = memo.flushAtMillis() != CaseMemo.NEVER || news.cause() != null;
        if (pending && memo.packs() > 0 && !Objects.equals(memo.cause(), news.cause())) {
            memo = settle(memo, context, out);
        }
        if (!news.own()) {
            if (news.report() == null) {
                merged.remove(news.caseId());
            } else {
                merged.put(news.caseId(), news.report());
            }
        }
        flushSoon(memo.with(news), context.timerService());
    }

    /**
     * What has come until now, under its cause, before news of another one: what has happened and what is known better are told
     * apart by their order.
     */
    private ProblemMemo settle(ProblemMemo memo, ReadOnlyContext context, Collector<CellChange> out) throws Exception {
        Instant asOf =
                Instant.ofEpochMilli(timing.asOfMillis(context.timerService().currentWatermark(), memo.asOfMillis()));
        packs.count(context.getBroadcastState(Packs.STATE));
        Reference reference = packs.first(memo.packs());
        Problem problem = problem(context.getCurrentKey(), memo);
        Instant midnight = midnight(asOf, reference.zone());
        Contributed after = contribute(memo, problem, reference, midnight, asOf, out, context);
        return memo.contributing(asOf.toEpochMilli(), after.tallies());
    }

    private @Nullable Problem problem(String caseId, ProblemMemo memo) throws Exception {
        List<Report> reports = new ArrayList<>();
        merged.values().forEach(reports::add);
        return Problem.of(caseId, memo.own(), reports);
    }

    private ProblemMemo memo() throws Exception {
        ProblemMemo memo = memos.value();
        return memo == null ? ProblemMemo.NEW : memo;
    }

    private void flushSoon(ProblemMemo memo, TimerService timers) throws Exception {
        long asOf = timing.asOfMillis(timers.currentWatermark(), memo.asOfMillis());
        boolean due = memo.flushAtMillis() != CaseMemo.NEVER;
        memos.update(memo.flushingAt(asOf, due ? memo.flushAtMillis() : timing.scheduleFlush(timers)));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CellChange> out) throws Exception {
        ProblemMemo memo = memo();
        TimerService timers = context.timerService();
        boolean ended = timing.isLive() && timers.currentWatermark() == Long.MAX_VALUE;
        if (context.timeDomain() == TimeDomain.EVENT_TIME && timestamp != timing.lastFlushMillis()) {
            if (!ended) {
                flushSoon(memo, timers);
            }
            return;
        }
        if (memo.flushAtMillis() == CaseMemo.NEVER) {
            return;
        }
        timing.unscheduleFlush(memo.flushAtMillis(), timers);
        long asOf = timing.asOfMillis(timers.currentWatermark(), memo.asOfMillis());
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (known == 0 || asOf == Long.MIN_VALUE) {
            // Live, the first reports can overtake the first pack on its way here.
            if (timing.isLive() && !ended) {
                memos.update(memo.flushingAt(memo.asOfMillis(), timing.scheduleFlush(timers)));
            }
            return;
        }
        ProblemMemo written = write(memo, Instant.ofEpochMilli(asOf), known, out, context);
        if (!timing.isLive()) {
            memos.clear();
            merged.clear();
        } else if (written.own() == null && written.version() == 0) {
            // Others were merged into an unknown case and taken back before anything was written.
            memos.clear();
        } else {
            wake(memo.wakeAtMillis(), written.wakeAtMillis(), timers);
            memos.update(written);
        }
    }

    private static void wake(long before, long at, TimerService timers) {
        if (before != CaseMemo.NEVER) {
            timers.deleteEventTimeTimer(before);
        }
        if (at != CaseMemo.NEVER) {
            timers.registerEventTimeTimer(at);
        }
    }

    private ProblemMemo write(
            ProblemMemo memo, Instant asOf, int known, Collector<CellChange> out, OnTimerContext context)
            throws Exception {
        String caseId = context.getCurrentKey();
        Problem problem = problem(caseId, memo);
        Reference reference = packs.first(known);
        ZoneId zone = reference.zone();
        Instant midnight = midnight(asOf, zone);
        Contributed after = contribute(memo, problem, reference, midnight, asOf, out, context);
        Instant changesAt = problem == null ? null : Contributions.changesAt(problem, zone, midnight);
        long version = memo.version();
        long content = memo.content();
        if (problem != null || version > 0) {
            long next = clock.nextVersion(version);
            Rendered rendered =
                    problem == null ? documents.retractedProblem(caseId, next) : documents.ofProblem(problem, next);
            if (rendered.content() != content) {
                context.output(DOCUMENTS, rendered.document());
                version = next;
                content = rendered.content();
            }
        }
        return new ProblemMemo(
                memo.own(),
                version,
                content,
                CaseMemo.NEVER,
                asOf.toEpochMilli(),
                changesAt == null ? CaseMemo.NEVER : changesAt.toEpochMilli(),
                known,
                asOf.toEpochMilli(),
                after.tallies(),
                null);
    }

    private Contributed contribute(
            ProblemMemo memo,
            @Nullable Problem problem,
            Reference reference,
            Instant midnight,
            Instant asOf,
            Collector<CellChange> out,
            ReadOnlyContext context) {
        Contributed after = contributed(problem, reference, midnight, asOf);
        Contributed before = memo.packs() == 0
                ? Contributed.NOTHING
                : spread.stored(memo.contributed(), packs.first(memo.packs()), asOf);
        Cause cause = memo.cause();
        if (cause == null) {
            change(before, after, null, out, context);
            return after;
        }
        // What is known better is what would have been said as of the midnight before; what ages since is none of it.
        Instant then = memo.packs() == 0
                ? midnight
                : midnight(Instant.ofEpochMilli(memo.contributedAsOfMillis()), reference.zone());
        Contributed better = contributed(problem, reference, then, asOf);
        change(before, better, cause, out, context);
        change(better, after, null, out, context);
        return after;
    }

    private Contributed contributed(@Nullable Problem problem, Reference reference, Instant midnight, Instant asOf) {
        if (problem == null) {
            return Contributed.NOTHING;
        }
        ZoneId zone = reference.zone();
        long submissionDay = LocalDate.ofInstant(problem.citizen().from(), zone).toEpochDay();
        return spread.of(Contributions.of(problem, zone, midnight), reference, submissionDay, asOf);
    }

    private void change(
            Contributed before,
            Contributed after,
            @Nullable Cause cause,
            Collector<CellChange> out,
            ReadOnlyContext context) {
        spread.change(before, after, cause, out::collect, change -> context.output(SLICE_CHANGES, change));
    }

    private static Instant midnight(Instant asOf, ZoneId zone) {
        return LocalDate.ofInstant(asOf, zone).atStartOfDay(zone).toInstant();
    }
}
