package io.tanggap.flink.operator;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by what somebody might know of cases: counts those that too few others share with. Emits nothing; see
 * {@link ReleaseFacts#alikeInAgencyTooFew}.
 *
 * <p>State: one number, of the key that a bounded run is at.
 */
public final class CountAlike extends KeyedProcessFunction<String, String, String> {
    private final int enough;

    private transient ValueState<Long> members;
    private transient LongCounter tooFew;

    public CountAlike(ReleasePlan plan) {
        this.enough = plan.anonymity().open();
    }

    @Override
    public void open(OpenContext context) {
        members = getRuntimeContext().getState(new ValueStateDescriptor<>("members", Types.LONG));
        tooFew = new LongCounter();
        getRuntimeContext().addAccumulator(ReleaseFacts.ALIKE_IN_AGENCY_TOO_FEW, tooFew);
    }

    @Override
    public void processElement(String known, Context context, Collector<String> out) throws Exception {
        Long before = members.value();
        members.update(before == null ? 1 : before + 1);
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
        if (members.value() < enough) {
            tooFew.add(members.value());
        }
        members.clear();
    }
}
