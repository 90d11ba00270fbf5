package io.tanggap.flink.operator;

import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;

/** The least of what was added; {@link Long#MAX_VALUE} of nothing. */
public final class LongMinimum implements SimpleAccumulator<Long> {
    private static final long serialVersionUID = 1;

    private long least = Long.MAX_VALUE;

    @Override
    public void add(Long value) {
        least = Math.min(least, value);
    }

    @Override
    public Long getLocalValue() {
        return least;
    }

    @Override
    public void resetLocal() {
        least = Long.MAX_VALUE;
    }

    @Override
    public void merge(Accumulator<Long, Long> other) {
        least = Math.min(least, other.getLocalValue());
    }

    @Override
    public LongMinimum clone() {
        LongMinimum copy = new LongMinimum();
        copy.least = least;
        return copy;
    }
}
