package io.tanggap.flink.operator;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.Published;
import io.tanggap.core.release.Quasi;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.Leaf;
import io.tanggap.flink.types.DomainTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by the pseudonym of the case: folds its history at the as-of and emits its quasi-identifiers, if it is asked for.
 *
 * <p>State: the history of the one case that a bounded run is at; it ends with the case.
 */
public final class FoldForRelease extends KeyedBroadcastProcessFunction<String, Leaf, ReferencePack, Quasi> {
    private final ReleasePlan plan;

    private transient ListState<CaseEvent> history;
    private transient Packs packs;
    private transient @Nullable Published words;
    private transient Counter folds;

    public FoldForRelease(ReleasePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        history = getRuntimeContext().getListState(new ListStateDescriptor<>("history", DomainTypes.CASE_EVENT));
        packs = new Packs();
        words = null;
        folds = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.CASES_FOLDED);
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<Quasi> out) throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    @Override
    public void processElement(Leaf leaf, ReadOnlyContext context, Collector<Quasi> out) throws Exception {
        history.add(leaf.event());
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Quasi> out) throws Exception {
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (known > 0) {
            Reference reference = packs.first(known);
            if (words == null) {
                words = new Published(reference, plan.asOf());
            }
            folds.inc();
            CaseView view = CaseFold.fold(CaseHistory.of(history.get()), reference, plan.asOf())
                    .view();
            if (view != null && plan.asksFor(view, words)) {
                String name = context.getCurrentKey();
                out.collect(ReleasedCase.quasi(view, words, caseId -> name));
            }
        }
        history.clear();
    }
}
