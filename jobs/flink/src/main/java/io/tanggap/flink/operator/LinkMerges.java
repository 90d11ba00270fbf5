package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.problem.Merges;
import io.tanggap.core.problem.Merges.Move;
import io.tanggap.core.problem.Report;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.types.OperatorTypes;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by {@link #ONE_KEY}, for a merge can join any two cases: keeps which case goes on in which, and tells the roots what
 * reports they gain and lose, at once and in both modes. It gets the reports of merged cases alone, and of those that are
 * merged no more.
 *
 * <p>State: one report for each merged case, and in memory which goes on in which. A merge of a case that has been archived
 * stays, for others may be merged into it still; so the bound is the number of cases that were ever merged.
 */
public final class LinkMerges extends KeyedProcessFunction<String, Membership, Membership> {
    /** The key of every report. */
    public static final String ONE_KEY = "merges";

    private transient MapState<String, Report> merged;
    /** The same without what the reports say; null until the first report after a start. */
    private transient @Nullable Merges merges;

    @SuppressWarnings("NullAway.Init") // open comes before everything else
    public LinkMerges() {}

    @Override
    public void open(OpenContext context) {
        merged =
                getRuntimeContext().getMapState(new MapStateDescriptor<>("merged", Types.STRING, OperatorTypes.REPORT));
        merges = null;
    }

    @Override
    public void processElement(Membership news, Context context, Collector<Membership> out) throws Exception {
        Report report = requireNonNull(news.report(), "a case says something of itself");
        if (merges == null) {
            merges = Merges.of(merged.values());
        }
        List<Move> moves = merges.learn(report);
        if (report.isMerged()) {
            merged.put(report.caseId(), report);
        } else {
            merged.remove(report.caseId());
        }
        for (Move move : moves) {
            if (move.from() != null && !move.from().equals(move.to())) {
                out.collect(Membership.merged(move.from(), move.caseId(), null, news.cause()));
            }
            if (move.to() != null) {
                out.collect(Membership.merged(move.to(), move.caseId(), merged.get(move.caseId()), news.cause()));
            }
        }
    }
}
