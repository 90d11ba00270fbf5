package io.tanggap.flink.operator;

import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Slice;
import io.tanggap.flink.state.SliceChange;
import org.apache.flink.api.common.functions.FilterFunction;

/** Lets what changes whole units pass, and not what changes a part of one, or a channel. */
public final class WholeUnits implements FilterFunction<SliceChange> {
    @Override
    public boolean filter(SliceChange change) {
        Slice slice = Slice.ofId(change.slice());
        return !slice.isCut() && slice.role() != Role.CHANNEL;
    }
}
