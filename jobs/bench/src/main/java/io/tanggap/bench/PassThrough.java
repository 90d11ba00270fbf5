package io.tanggap.bench;

import io.tanggap.app.job.Endpoints;
import io.tanggap.app.job.ResponsivenessJob;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.flink.operator.SortOut;
import io.tanggap.flink.types.DomainTypes;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The least that any keyed job does with the same input: read and decode, send to the case's key, one state access per
 * event, one timer per case. Every case fires once, and nothing comes out.
 */
final class PassThrough extends KeyedProcessFunction<String, CaseEvent, Void> {
    private final long fireAtMillis;
    private transient ValueState<Long> firstSeen;

    private PassThrough(Instant fireAt) {
        this.fireAtMillis = fireAt.toEpochMilli();
    }

    static void define(StreamExecutionEnvironment environment, Endpoints endpoints, Instant fireAt) {
        environment.setMaxParallelism(ResponsivenessJob.MAX_PARALLELISM);
        endpoints
                .caseEvents(environment)
                .process(new SortOut())
                .returns(DomainTypes.CASE_EVENT)
                .uid("sort-out")
                .keyBy(CaseEvent::caseId, Types.STRING)
                .process(new PassThrough(fireAt))
                .returns(Types.VOID)
                .uid("pass-through");
    }

    @Override
    public void open(OpenContext context) {
        firstSeen = getRuntimeContext().getState(new ValueStateDescriptor<>("first-seen", Types.LONG));
    }

    @Override
    public void processElement(CaseEvent event, Context context, Collector<Void> out) throws Exception {
        if (firstSeen.value() == null) {
            firstSeen.update(event.occurredAt().toEpochMilli());
            context.timerService().registerEventTimeTimer(fireAtMillis);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Void> out) {}
}
