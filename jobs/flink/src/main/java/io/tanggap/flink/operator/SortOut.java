package io.tanggap.flink.operator;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.types.DomainTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Tells events from heartbeats, whose work was done by the watermark, and from records that could not be read. */
public final class SortOut extends ProcessFunction<Incoming, CaseEvent> {
    /** Records that could not be read. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("unreadable", DomainTypes.DEAD_LETTER);

    private transient Counter read;
    private transient Counter heartbeats;
    private transient Counter deadLetters;

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
        read = metrics.counter(MetricNames.RECORDS_READ);
        heartbeats = metrics.counter(MetricNames.HEARTBEATS_READ);
        deadLetters = metrics.counter(MetricNames.DEAD_LETTERS_DECODE);
    }

    @Override
    public void processElement(Incoming incoming, Context context, Collector<CaseEvent> out) {
        read.inc();
        if (incoming.event() != null) {
            out.collect(incoming.event());
        } else if (incoming.deadLetter() != null) {
            deadLetters.inc();
            context.output(DEAD_LETTERS, incoming.deadLetter());
        } else {
            heartbeats.inc();
        }
    }
}
