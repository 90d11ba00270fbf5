package io.tanggap.flink.operator;

import io.tanggap.flink.state.Leaf;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts the number of its part of the release to everything of a case. Parts cut the pseudonyms, which are spread evenly, into
 * stretches of one length, as many as the number of cases asks for: so the same cases are in the same parts however the job runs.
 *
 * <p>State: the number of cases, of which a bounded run hears before everything else.
 */
public final class AssignParts extends BroadcastProcessFunction<Leaf, Long, Tuple2<Integer, Leaf>> {
    /** Chosen: a part is held in memory where it is written, some 500 bytes for each event; and a file of it opens in any tool. */
    public static final int CASES_PER_PART = 25_000;

    /** The broadcast state. */
    public static final MapStateDescriptor<Integer, Long> CASES =
            new MapStateDescriptor<>("cases", Types.INT, Types.LONG);

    private static final int HEX = 16;
    private static final int DIGITS = 8;
    private static final long STRETCH = 1L << 32;

    @Override
    public void processBroadcastElement(Long cases, Context context, Collector<Tuple2<Integer, Leaf>> out)
            throws Exception {
        context.getBroadcastState(CASES).put(0, cases);
    }

    @Override
    public void processElement(Leaf leaf, ReadOnlyContext context, Collector<Tuple2<Integer, Leaf>> out)
            throws Exception {
        Long cases = context.getBroadcastState(CASES).get(0);
        if (cases != null) {
            out.collect(Tuple2.of(part(leaf.name(), cases), leaf));
        }
    }

    static int part(String name, long cases) {
        long parts = (cases + CASES_PER_PART - 1) / CASES_PER_PART;
        return (int) (Long.parseLong(name.substring(0, DIGITS), HEX) * parts / STRETCH);
    }
}
