package io.tanggap.flink.operator;

import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.flink.state.SliceChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums slice differences within one instance before they are sent to their keys: a case is part of a dozen slices, and
 * most of its neighbours of the same ones. Everything collected goes out before a watermark, before a checkpoint's
 * barrier, at the end of the input, and when the bound is reached; so it has no state, and adding is all it does.
 */
public final class CombineChanges extends AbstractStreamOperator<SliceChange>
        implements OneInputStreamOperator<SliceChange, SliceChange> {
    private static final int MOST = 100_000;

    // By slice, then by day: two small look-ups are cheaper than one by a pair, which would have to be made first.
    private final Map<String, Map<Long, TallySum>> collected = new HashMap<>();
    private int sums;

    @Override
    public void processElement(StreamRecord<SliceChange> element) {
        SliceChange change = element.getValue();
        collected
                .computeIfAbsent(change.slice(), slice -> new HashMap<>())
                .computeIfAbsent(change.day(), day -> {
                    sums++;
                    return new TallySum();
                })
                .add(change.change());
        if (sums >= MOST) {
            emit();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        emit();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        emit();
    }

    @Override
    public void finish() throws Exception {
        emit();
        super.finish();
    }

    private void emit() {
        collected.forEach((slice, days) -> days.forEach((day, sum) -> {
            Tally change = sum.toTally();
            if (!change.isZero()) {
                output.collect(new StreamRecord<>(new SliceChange(slice, day, change)));
            }
        }));
        collected.clear();
        sums = 0;
    }
}
