package io.tanggap.flink.operator;

import io.tanggap.core.release.Quasi;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Counts the cases that no rung had room for, and lets none of them pass; see {@link ReleaseFacts#withheld}. */
public final class CountWithheld extends ProcessFunction<Quasi, Quasi> {
    private transient LongCounter withheld;

    @SuppressWarnings("NullAway.Init") // open comes before everything else
    public CountWithheld() {}

    @Override
    public void open(OpenContext context) {
        withheld = new LongCounter();
        getRuntimeContext().addAccumulator(ReleaseFacts.WITHHELD, withheld);
    }

    @Override
    public void processElement(Quasi quasi, Context context, Collector<Quasi> out) {
        withheld.add(1L);
    }
}
