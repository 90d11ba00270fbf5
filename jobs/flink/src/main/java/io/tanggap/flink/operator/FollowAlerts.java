package io.tanggap.flink.operator;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.notice.Errand;
import io.tanggap.core.notice.Followed;
import io.tanggap.core.notice.Followed.Step;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.types.NoticeTypes;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by alert: who has to know of it, now and when it has stood for some working days. Wall clock, for people wait by it.
 *
 * <p>State: the alert and who was sent word, while it stands, and for as long as its topic may repeat it.
 */
public final class FollowAlerts extends KeyedBroadcastProcessFunction<String, Heard, Bulletin, Errand> {
    private static final Duration NO_PACK_RETRY = Duration.ofSeconds(1);

    /** Chosen: who is to be told may be another one by a new pack, and nobody minds to learn it a day later. */
    private static final Duration LOOKS_AGAIN = Duration.ofDays(1);

    private transient Bulletins bulletins;
    private transient ValueState<Followed> followed;
    private transient ValueState<Heard> waiting;
    private transient Counter heardAlerts;

    @Override
    public void open(OpenContext context) {
        bulletins = new Bulletins();
        followed = getRuntimeContext().getState(new ValueStateDescriptor<>("followed", NoticeTypes.FOLLOWED));
        waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", NoticeTypes.HEARD));
        heardAlerts =
                getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.ALERTS_HEARD);
    }

    @Override
    public void processElement(Heard heard, ReadOnlyContext context, Collector<Errand> out) throws Exception {
        heardAlerts.inc();
        hear(heard, context, out);
    }

    private void hear(Heard heard, ReadOnlyContext context, Collector<Errand> out) throws Exception {
        TimerService timers = context.timerService();
        Instant now = Instant.ofEpochMilli(timers.currentProcessingTime());
        Reference reference = bulletins.reference(context.getBroadcastState(Packs.STATE));
        if (reference == null) {
            Heard before = waiting.value();
            if (before == null || !heard.alert().asOf().isBefore(before.alert().asOf())) {
                waiting.update(heard);
            }
            timers.registerProcessingTimeTimer(now.plus(NO_PACK_RETRY).toEpochMilli());
            return;
        }
        step(Followed.hear(followed.value(), heard.alert(), heard.knownBefore(), reference, now), timers, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Errand> out) throws Exception {
        Heard heard = waiting.value();
        if (heard != null) {
            waiting.clear();
            hear(heard, context, out);
            return;
        }
        Followed known = followed.value();
        Reference reference = bulletins.reference(context.getBroadcastState(Packs.STATE));
        if (known == null || reference == null) {
            return;
        }
        TimerService timers = context.timerService();
        Instant now = Instant.ofEpochMilli(timers.currentProcessingTime());
        if (known.alert().state().stands()) {
            step(known.later(reference, now), timers, out);
        } else if (!known.alert().asOf().plus(Topics.ALERTS_KEPT).isAfter(now)) {
            followed.clear();
        }
    }

    @Override
    public void processBroadcastElement(Bulletin bulletin, Context context, Collector<Errand> out) throws Exception {
        bulletins.take(
                bulletin,
                context.getBroadcastState(Packs.STATE),
                context.getBroadcastState(Bulletins.SILENCES),
                context.getBroadcastState(Bulletins.FEEDS));
    }

    private void step(Step step, TimerService timers, Collector<Errand> out) throws Exception {
        followed.update(step.followed());
        step.errands().forEach(out::collect);
        Alert alert = step.followed().alert();
        // Always at the same time of the day, so that many revisions of an alert have one timer.
        long now = timers.currentProcessingTime();
        long day = LOOKS_AGAIN.toMillis();
        long again = now + day - Math.floorMod(now - alert.id().hashCode(), day);
        Instant next = step.nextAt();
        if (next != null) {
            again = Math.min(again, next.toEpochMilli());
        } else if (!alert.state().stands()) {
            again = Math.max(again, alert.asOf().plus(Topics.ALERTS_KEPT).toEpochMilli());
        }
        timers.registerProcessingTimeTimer(again);
    }
}
