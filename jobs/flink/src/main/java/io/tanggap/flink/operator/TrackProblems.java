package io.tanggap.flink.operator;

import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.DocumentWriter.Rendered;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.state.ProblemMemo;
import io.tanggap.flink.types.OperatorTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by problem, which is by its root's case: joins what the root says (first input) with the reports that were merged
 * into it (second input), and writes the problem's document once per flush, if it says something new. The document of a case
 * that turns out to be a duplicate is overwritten as retracted.
 *
 * <p>State per case: one record with its report, and one report for each case merged into it. Live they are kept as long as
 * the job, beside the tombstones of archived cases: an archived case says nothing more, but another one may be merged into it
 * at any time, and the document must then still know what it said. A replay writes each once and keeps nothing.
 */
public final class TrackProblems extends KeyedCoProcessFunction<String, Report, Membership, Document> {
    private final Timing timing;
    private final EmissionClock clock;

    private transient ValueState<ProblemMemo> memos;
    private transient MapState<String, Report> merged;
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
        documents = new DocumentWriter(clock);
    }

    @Override
    public void processElement1(Report own, Context context, Collector<Document> out) throws Exception {
        flushSoon(memo().with(own), context.timerService());
    }

    @Override
    public void processElement2(Membership membership, Context context, Collector<Document> out) throws Exception {
        if (membership.report() == null) {
            merged.remove(membership.caseId());
        } else {
            merged.put(membership.caseId(), membership.report());
        }
        flushSoon(memo(), context.timerService());
    }

    private ProblemMemo memo() throws Exception {
        ProblemMemo memo = memos.value();
        return memo == null ? ProblemMemo.NEW : memo;
    }

    private void flushSoon(ProblemMemo memo, TimerService timers) throws Exception {
        memos.update(memo.flushAtMillis() == CaseMemo.NEVER ? memo.flushingAt(timing.scheduleFlush(timers)) : memo);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Document> out) throws Exception {
        ProblemMemo memo = memo();
        if (memo.flushAtMillis() == CaseMemo.NEVER) {
            return;
        }
        timing.unscheduleFlush(memo.flushAtMillis(), context.timerService());
        ProblemMemo written = write(context.getCurrentKey(), memo, out);
        if (!timing.isLive()) {
            memos.clear();
            merged.clear();
        } else if (written.own() == null && written.version() == 0) {
            // Others were merged into an unknown case and taken back before anything was written.
            memos.clear();
        } else {
            memos.update(written);
        }
    }

    private ProblemMemo write(String caseId, ProblemMemo memo, Collector<Document> out) throws Exception {
        List<Report> reports = new ArrayList<>();
        merged.values().forEach(reports::add);
        Problem problem = Problem.of(caseId, memo.own(), reports);
        if (problem == null && memo.version() == 0) {
            return memo.written(0, 0);
        }
        long version = clock.nextVersion(memo.version());
        Rendered rendered =
                problem == null ? documents.retractedProblem(caseId, version) : documents.ofProblem(problem, version);
        if (rendered.content() == memo.content()) {
            return memo.written(memo.version(), memo.content());
        }
        out.collect(rendered.document());
        return memo.written(version, rendered.content());
    }
}
