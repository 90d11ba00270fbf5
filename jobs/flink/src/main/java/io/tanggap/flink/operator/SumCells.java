package io.tanggap.flink.operator;

import io.tanggap.core.measure.Cell;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.CellSum;
import io.tanggap.flink.types.OperatorTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by leaf cell: sums the differences and writes the cell's document once per flush.
 *
 * <p>State per cell: one record; as many cells as the city has had days × units × channels × categories with
 * anything in them. Live they are kept, since a late event may correct any of them; a replay writes each once.
 */
public final class SumCells extends KeyedProcessFunction<String, CellChange, Document> {
    private final Timing timing;
    private final EmissionClock clock;

    private transient ValueState<CellSum> sums;
    private transient DocumentWriter documents;

    public SumCells(Timing timing, EmissionClock clock) {
        this.timing = timing;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        sums = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", OperatorTypes.CELL_SUM));
        documents = new DocumentWriter(clock);
    }

    @Override
    public void processElement(CellChange change, Context context, Collector<Document> out) throws Exception {
        CellSum stored = sums.value();
        CellSum sum = stored == null ? CellSum.NEW : stored;
        long flushAt = sum.flushAtMillis() == CaseMemo.NEVER
                ? timing.scheduleFlush(sum.version(), context.timerService())
                : sum.flushAtMillis();
        sums.update(new CellSum(sum.tally().plus(change.change()), sum.version(), flushAt));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Document> out) throws Exception {
        CellSum sum = sums.value();
        if (sum == null || sum.flushAtMillis() == CaseMemo.NEVER) {
            return;
        }
        timing.unscheduleFlush(sum.flushAtMillis(), context.timerService());
        long version = clock.nextVersion(sum.version());
        if (timing.isLive()) {
            sums.update(new CellSum(sum.tally(), version, CaseMemo.NEVER));
        } else {
            sums.clear();
        }
        out.collect(documents
                .ofCell(Cell.ofId(context.getCurrentKey()), sum.tally(), version)
                .document());
    }
}
