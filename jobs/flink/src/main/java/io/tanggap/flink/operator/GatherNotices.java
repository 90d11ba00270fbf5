package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.notice.Box;
import io.tanggap.core.notice.Box.Entry;
import io.tanggap.core.notice.Box.Memory;
import io.tanggap.core.notice.Errand;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Parcel;
import io.tanggap.flink.types.NoticeTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by recipient: gathers what it is to be told into messages, see {@link Box}. Looks at the clock once a minute. What
 * comes for a recipient that no pack lists any more waits until one does.
 *
 * <p>State: the alerts that stand or are to be told, for each recipient.
 */
public final class GatherNotices extends KeyedBroadcastProcessFunction<String, Errand, Bulletin, Parcel> {
    private static final long TICK_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long RETRY_MILLIS = 1_000;

    private transient Bulletins bulletins;
    private transient MapState<String, Entry> entries;
    private transient ValueState<Memory> memory;
    private transient ListState<Errand> waiting;
    private transient Counter made;

    @Override
    public void open(OpenContext context) {
        bulletins = new Bulletins();
        entries = getRuntimeContext().getMapState(new MapStateDescriptor<>("entries", Types.STRING, NoticeTypes.ENTRY));
        memory = getRuntimeContext().getState(new ValueStateDescriptor<>("memory", NoticeTypes.MEMORY));
        waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", NoticeTypes.ERRAND));
        made = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.NOTICES_MADE);
    }

    @Override
    public void processElement(Errand errand, ReadOnlyContext context, Collector<Parcel> out) throws Exception {
        TimerService timers = context.timerService();
        if (memory.value() == null) {
            memory.update(Memory.at(Instant.ofEpochMilli(timers.currentProcessingTime())));
            schedule(timers);
        }
        Recipient recipient = recipient(context);
        if (recipient == null) {
            // The pack that lists it has not come here yet, or no pack does any more.
            waiting.add(errand);
            timers.registerProcessingTimeTimer(timers.currentProcessingTime() + RETRY_MILLIS);
            return;
        }
        Box box = box(recipient, context);
        takeWhatWaits(box);
        box.take(errand);
        close(box, recipient, out);
    }

    private void takeWhatWaits(Box box) throws Exception {
        for (Errand errand : waiting.get()) {
            box.take(errand);
        }
        waiting.clear();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Parcel> out) throws Exception {
        if (timestamp % TICK_MILLIS == 0) {
            schedule(context.timerService());
        }
        Recipient recipient = recipient(context);
        if (recipient != null) {
            Box box = box(recipient, context);
            takeWhatWaits(box);
            box.tick();
            close(box, recipient, out);
        }
    }

    @Override
    public void processBroadcastElement(Bulletin bulletin, Context context, Collector<Parcel> out) throws Exception {
        bulletins.take(
                bulletin,
                context.getBroadcastState(Packs.STATE),
                context.getBroadcastState(Bulletins.SILENCES),
                context.getBroadcastState(Bulletins.FEEDS));
    }

    private static void schedule(TimerService timers) {
        long now = timers.currentProcessingTime();
        timers.registerProcessingTimeTimer(now - Math.floorMod(now, TICK_MILLIS) + TICK_MILLIS);
    }

    private @Nullable Recipient recipient(ReadOnlyContext context) throws Exception {
        Reference reference = bulletins.reference(context.getBroadcastState(Packs.STATE));
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        return reference == null
                ? null
                : reference.recipient(context.getCurrentKey(), now).orElse(null);
    }

    private Box box(Recipient recipient, ReadOnlyContext context) throws Exception {
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        Reference reference = bulletins.reference(context.getBroadcastState(Packs.STATE));
        return new Box(
                recipient,
                requireNonNull(reference),
                Bulletins.silences(context.getBroadcastState(Bulletins.SILENCES)),
                Bulletins.silentFeeds(context.getBroadcastState(Bulletins.FEEDS)),
                new Stored(),
                requireNonNull(memory.value()),
                now);
    }

    private void close(Box box, Recipient recipient, Collector<Parcel> out) throws Exception {
        memory.update(box.memory());
        for (Notice notice : box.notices()) {
            made.inc();
            out.collect(Parcel.of(notice, recipient));
        }
    }

    /** The entries of the current key. */
    private final class Stored implements Box.Entries {
        @Override
        public @Nullable Entry get(String alert) throws Exception {
            return entries.get(alert);
        }

        @Override
        public void put(String alert, Entry entry) throws Exception {
            entries.put(alert, entry);
        }

        @Override
        public void remove(String alert) throws Exception {
            entries.remove(alert);
        }

        @Override
        public Collection<Entry> all() throws Exception {
            List<Entry> all = new ArrayList<>();
            entries.values().forEach(all::add);
            return all;
        }
    }
}
