package io.tanggap.flink.operator;

import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.Causes;
import io.tanggap.flink.state.Correction;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.state.SlicePath;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums slice differences within one instance before they are sent to their keys: a case is part of a dozen slices, and
 * most of its neighbours of the same ones. What was collected goes up each path link by link, so that every unit adds the
 * sums of those right below it. What is known better is summed apart from what has happened, and its causes are united with it.
 * It goes out before a watermark, before a checkpoint's barrier, at the end of the input, and
 * when the bound is reached; so there is no state, and adding is all that it does.
 */
public final class CombineChanges extends AbstractStreamOperator<SliceChange>
        implements OneInputStreamOperator<PathChange, SliceChange> {
    private static final int MOST = 100_000;

    private transient Sums collected;
    private transient Corrections corrections;

    @SuppressWarnings("NullAway.Init") // open comes before every element
    public CombineChanges() {}

    @Override
    public void open() throws Exception {
        super.open();
        collected = new Sums();
        corrections = new Corrections();
    }

    @Override
    public void processElement(StreamRecord<PathChange> element) {
        PathChange change = element.getValue();
        Cause cause = change.cause();
        if (cause == null) {
            collected.of(change.path(), change.day()).add(change.change());
        } else {
            corrections.add(change.path(), change.day(), new Correction(change.change(), Causes.of(cause)));
        }
        if (collected.size + corrections.size >= MOST) {
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
        Sums level = collected;
        collected = new Sums();
        while (level.size > 0) {
            Sums above = new Sums();
            level.byPath.forEach((path, days) -> days.forEach((day, sum) -> {
                Tally change = sum.toTally();
                if (!change.isZero()) {
                    output.collect(new StreamRecord<>(new SliceChange(path.slice(), day, change)));
                    if (path.above() != null) {
                        above.of(path.above(), day).add(change);
                    }
                }
            }));
            level = above;
        }
        emitCorrections();
    }

    private void emitCorrections() {
        Corrections level = corrections;
        corrections = new Corrections();
        while (level.size > 0) {
            Corrections above = new Corrections();
            level.byPath.forEach((path, days) -> days.forEach((day, sum) -> {
                if (!sum.change().isZero()) {
                    output.collect(new StreamRecord<>(new SliceChange(path.slice(), day, sum.change(), sum.causes())));
                    if (path.above() != null) {
                        above.add(path.above(), day, sum);
                    }
                }
            }));
            level = above;
        }
    }

    /** Few, where {@link Sums} are many. */
    private static final class Corrections {
        private final IdentityHashMap<SlicePath, Map<Long, Correction>> byPath = new IdentityHashMap<>();
        private int size;

        void add(SlicePath path, long day, Correction correction) {
            byPath.computeIfAbsent(path, any -> new HashMap<>()).compute(day, (any, sum) -> {
                if (sum == null) {
                    size++;
                    return correction;
                }
                return sum.and(correction);
            });
        }
    }

    private static final class Sums {
        // By path, then by day: two small look-ups are cheaper than one by a pair, which would have to be made first.
        // Equal paths are nearly always the same object; two of one content are only summed a little later, by their
        // key.
        private final IdentityHashMap<SlicePath, Map<Long, TallySum>> byPath = new IdentityHashMap<>();
        private int size;

        TallySum of(SlicePath path, long day) {
            return byPath.computeIfAbsent(path, any -> new HashMap<>()).computeIfAbsent(day, any -> {
                size++;
                return new TallySum();
            });
        }
    }
}
