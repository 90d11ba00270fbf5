package io.tanggap.flink.operator;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.RowMemo;
import io.tanggap.flink.types.OperatorTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by leaf cell: sums the differences and writes the cell's document once per flush.
 *
 * <p>State per cell: its tally and a memo; as many cells as the city has had days × units × channels × categories with
 * anything in them. Live they are kept, since a late event may correct any of them; a replay writes each once.
 */
public final class SumCells extends KeyedProcessFunction<String, CellChange, Document> {
    private final Timing timing;
    private final EmissionClock clock;

    private transient ValueState<Tally> tallies;
    private transient ValueState<RowMemo> memos;
    private transient DocumentWriter documents;

    public SumCells(Timing timing, EmissionClock clock) {
        this.timing = timing;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        tallies = getRuntimeContext().getState(new ValueStateDescriptor<>("tally", OperatorTypes.TALLY));
        memos = getRuntimeContext().getState(new ValueStateDescriptor<>("memo", OperatorTypes.ROW_MEMO));
        documents = new DocumentWriter(clock);
    }

    @Override
    public void processElement(CellChange change, Context context, Collector<Document> out) throws Exception {
        Tally tally = tallies.value();
        tallies.update(tally == null ? change.change() : tally.plus(change.change()));
        RowMemo memo = memos.value();
        if (memo == null) {
            memo = RowMemo.NEW;
        }
        if (memo.flushAtMillis() == CaseMemo.NEVER) {
            TimerService timers = context.timerService();
            long flushAt = timing.scheduleFlush(timers);
            memos.update(memo.flushingAt(memo.asOfMillis(), flushAt));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Document> out) throws Exception {
        RowMemo memo = memos.value();
        Tally tally = tallies.value();
        if (memo == null || tally == null || memo.flushAtMillis() == CaseMemo.NEVER) {
            return;
        }
        timing.unscheduleFlush(memo.flushAtMillis(), context.timerService());
        long version = clock.nextVersion(memo.version());
        if (timing.isLive()) {
            memos.update(RowMemo.written(memo.asOfMillis(), version, memo.agesAtMillis()));
        } else {
            memos.clear();
            tallies.clear();
        }
        out.collect(documents
                .ofCell(Cell.ofId(context.getCurrentKey()), tally, version)
                .document());
    }
}
