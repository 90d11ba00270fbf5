package io.tanggap.flink.operator;

import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SliceChange;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums slice differences within one instance before they are sent to their keys: a case is part of a dozen slices, and
 * most of its neighbours of the same ones. They are summed by path first, and its slices only then, so that a difference is
 * not added to every unit above its own. Everything collected goes out before a watermark, before a checkpoint's barrier,
 * at the end of the input, and when the bound is reached; so it has no state, and adding is all it does.
 */
public final class CombineChanges extends AbstractStreamOperator<SliceChange>
        implements OneInputStreamOperator<PathChange, SliceChange> {
    private static final int MOST = 100_000;

    // By path, then by day: two small look-ups are cheaper than one by a pair, which would have to be made first. Equal
    // paths
    // are nearly always the same list; two of one content would only be summed a little later.
    private final IdentityHashMap<List<String>, Map<Long, TallySum>> collected = new IdentityHashMap<>();
    private int sums;

    @Override
    public void processElement(StreamRecord<PathChange> element) {
        PathChange change = element.getValue();
        collected
                .computeIfAbsent(change.slices(), path -> new HashMap<>())
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
        Map<String, Map<Long, TallySum>> slices = new HashMap<>();
        collected.forEach((path, days) -> path.forEach(slice -> {
            Map<Long, TallySum> ofSlice = slices.computeIfAbsent(slice, key -> new HashMap<>());
            days.forEach((day, sum) ->
                    ofSlice.computeIfAbsent(day, key -> new TallySum()).add(sum));
        }));
        collected.clear();
        sums = 0;
        slices.forEach((slice, days) -> days.forEach((day, sum) -> {
            Tally change = sum.toTally();
            if (!change.isZero()) {
                output.collect(new StreamRecord<>(new SliceChange(slice, day, change)));
            }
        }));
    }
}
