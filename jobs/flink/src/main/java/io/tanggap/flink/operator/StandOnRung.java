package io.tanggap.flink.operator;

import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Quasi;
import io.tanggap.core.release.Rung;
import io.tanggap.flink.state.Leaf;
import io.tanggap.flink.types.ReleaseTypes;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by the class of a case on one rung: places the cases of every class that has enough of them, and passes the others on to
 * the next rung. What became of them is told by accumulators, see {@link ReleaseFacts}.
 *
 * <p>State: of the one class that a bounded run is at, its number of cases, and the first of them until there are enough for
 * whatever category; then each is placed as it comes.
 */
public final class StandOnRung extends KeyedProcessFunction<String, Quasi, Leaf> {
    /** Cases of classes that have too few. */
    public static final OutputTag<Quasi> TOO_FEW = new OutputTag<>("too-few", ReleaseTypes.QUASI);

    /** Cases that were placed, with what somebody might know besides. */
    public static final OutputTag<String> PLACED = new OutputTag<>("placed", Types.STRING);

    private static final char NEXT = '\u001f';

    private final Rung rung;
    private final Anonymity anonymity;

    private transient ListState<Quasi> waiting;
    private transient ValueState<Long> members;
    private transient ValueState<Boolean> sensitive;
    private transient LongCounter cases;
    private transient LongCounter classes;
    private transient LongMinimum smallest;
    private transient LongMinimum smallestSensitive;

    public StandOnRung(Rung rung, ReleasePlan plan) {
        this.rung = rung;
        this.anonymity = plan.anonymity();
    }

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", ReleaseTypes.QUASI));
        members = getRuntimeContext().getState(new ValueStateDescriptor<>("members", Types.LONG));
        sensitive = getRuntimeContext().getState(new ValueStateDescriptor<>("sensitive", Types.BOOLEAN));
        cases = new LongCounter();
        classes = new LongCounter();
        smallest = new LongMinimum();
        smallestSensitive = new LongMinimum();
        getRuntimeContext().addAccumulator(ReleaseFacts.cases(rung), cases);
        getRuntimeContext().addAccumulator(ReleaseFacts.classes(rung), classes);
        getRuntimeContext().addAccumulator(ReleaseFacts.smallest(rung), smallest);
        getRuntimeContext().addAccumulator(ReleaseFacts.smallestSensitive(rung), smallestSensitive);
    }

    @Override
    public void processElement(Quasi quasi, Context context, Collector<Leaf> out) throws Exception {
        Long before = members.value();
        long now = before == null ? 1 : before + 1;
        members.update(now);
        if (quasi.sensitive()) {
            sensitive.update(true);
        }
        if (now <= anonymity.sensitive()) {
            waiting.add(quasi);
        }
        if (now == 1) {
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        } else if (now == anonymity.sensitive()) {
            placeWaiting(context, out);
        } else if (now > anonymity.sensitive()) {
            place(quasi, context, out);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Leaf> out) throws Exception {
        long size = members.value();
        boolean anySensitive = sensitive.value() != null;
        if (anonymity.suffices(size, anySensitive)) {
            placeWaiting(context, out);
            cases.add(size);
            classes.add(1L);
            smallest.add(size);
            if (anySensitive) {
                smallestSensitive.add(size);
            }
        } else {
            for (Quasi quasi : waiting.get()) {
                context.output(TOO_FEW, quasi);
            }
        }
        waiting.clear();
        members.clear();
        sensitive.clear();
    }

    private void placeWaiting(Context context, Collector<Leaf> out) throws Exception {
        for (Quasi quasi : waiting.get()) {
            place(quasi, context, out);
        }
        waiting.clear();
    }

    private void place(Quasi quasi, Context context, Collector<Leaf> out) {
        out.collect(Leaf.rung(quasi.name(), rung.number()));
        context.output(PLACED, "" + rung.number() + NEXT + context.getCurrentKey() + NEXT + quasi.agency());
    }
}
