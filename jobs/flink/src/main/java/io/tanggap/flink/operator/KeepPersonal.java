package io.tanggap.flink.operator;

import io.tanggap.flink.state.PersonalNews;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets pass what is personal in a case until it is erased, and nothing of it from then on: what is sent again, or read again
 * after a restart, does not come back. Keyed by case. State: one mark for each erased case, for good.
 */
public final class KeepPersonal extends KeyedProcessFunction<String, PersonalNews, PersonalNews> {
    private transient ValueState<Boolean> erased;

    @Override
    public void open(OpenContext context) {
        erased = getRuntimeContext().getState(new ValueStateDescriptor<>("erased", Types.BOOLEAN));
    }

    @Override
    public void processElement(PersonalNews news, Context context, Collector<PersonalNews> out) throws Exception {
        if (news.data() == null) {
            erased.update(true);
            out.collect(news);
        } else if (erased.value() == null) {
            out.collect(news);
        }
    }
}
