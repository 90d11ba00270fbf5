package io.tanggap.flink.operator;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.document.FeedStatus;
import io.tanggap.flink.state.FeedSign;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a channel has sent nothing for longer than it usually does. Keyed by channel; wall clock, for no figure depends
 * on it. Silence counts from the last sign of life that intake saw, and not from before the job was started: what was
 * sent meanwhile may still have to be read.
 *
 * <p>State: six numbers for each channel.
 */
public final class WatchFeeds extends KeyedProcessFunction<String, FeedSign, Document> {
    /** That a channel fell silent, and that it sends again. */
    public static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", OperatorTypes.ALERT);

    private static final Logger LOG = LoggerFactory.getLogger(WatchFeeds.class);

    private final EmissionClock clock;

    private transient DocumentWriter documents;
    private transient long startedAt;
    private transient ValueState<Long> lastRecordAt;
    private transient ValueState<Long> heardAt;
    private transient ValueState<Long> silentAfter;
    private transient ValueState<Long> silentSince;
    private transient ValueState<Long> timerAt;
    private transient ValueState<Long> version;

    public WatchFeeds(EmissionClock clock) {
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        documents = new DocumentWriter(clock);
        startedAt = clock.micros() / 1_000;
        lastRecordAt = state("last-record-at");
        heardAt = state("heard-at");
        silentAfter = state("silent-after");
        silentSince = state("silent-since");
        timerAt = state("timer-at");
        version = state("version");
    }

    private ValueState<Long> state(String name) {
        TypeInformation<Long> number = Types.LONG;
        return getRuntimeContext().getState(new ValueStateDescriptor<>(name, number));
    }

    @Override
    public void processElement(FeedSign sign, Context context, Collector<Document> out) throws Exception {
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        silentAfter.update(sign.silentAfterMillis() == FeedSign.NONE ? null : sign.silentAfterMillis());
        if (sign.silentAfterMillis() == FeedSign.NONE || now - heard() < sign.silentAfterMillis()) {
            speaks(sign.channel(), now, context);
        }
        boolean alive = sign.lastRecordAtMillis() != FeedSign.NONE;
        if (alive) {
            Long latest = lastRecordAt.value();
            lastRecordAt.update(
                    latest == null ? sign.lastRecordAtMillis() : Math.max(latest, sign.lastRecordAtMillis()));
            if (silentSince.value() != null) {
                LOG.info("Channel {} sends again.", sign.channel());
                speaks(sign.channel(), now, context);
            }
        }
        if (alive || heardAt.value() == null) {
            heardAt.update(now);
        }
        watch(timers);
        tell(sign.channel(), now, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Document> out) throws Exception {
        timerAt.clear();
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        Long limit = silentAfter.value();
        long heard = heard();
        if (limit != null && silentSince.value() == null && now - heard >= limit) {
            silentSince.update(heard);
            LOG.warn(
                    "Channel {} has sent nothing since {}, longer than the {} after which the reference calls it silent: look"
                            + " at the feed.",
                    context.getCurrentKey(),
                    Instant.ofEpochMilli(heard),
                    Duration.ofMillis(limit));
            tell(context.getCurrentKey(), now, out);
            context.output(ALERTS, alert(context.getCurrentKey(), 1, State.OPEN, heard, limit, now));
        }
        watch(timers);
    }

    /** Ends a silence, if there is one: with its next record, or when a pack allows it to be longer. */
    private void speaks(String channel, long now, Context context) throws Exception {
        Long since = silentSince.value();
        if (since != null) {
            Long limit = silentAfter.value();
            context.output(ALERTS, alert(channel, 2, State.CLEARED, since, limit == null ? 0 : limit, now));
            silentSince.clear();
        }
    }

    private static Alert alert(String channel, int revision, State state, long since, long limit, long now) {
        return new Alert(
                "feed/" + channel + "/" + since,
                revision,
                AlertKind.FEED_SILENT,
                state,
                Instant.ofEpochMilli(since + limit),
                state == State.OPEN ? null : Instant.ofEpochMilli(now),
                channel,
                null,
                null,
                false,
                List.of(),
                Instant.ofEpochMilli(now),
                null);
    }

    private long heard() throws Exception {
        Long heard = heardAt.value();
        return heard == null ? startedAt : Math.max(heard, startedAt);
    }

    /** One timer at a time, at the end of the silence that may be; none while the channel is silent already. */
    private void watch(TimerService timers) throws Exception {
        Long limit = silentAfter.value();
        if (limit == null || silentSince.value() != null) {
            return;
        }
        long due = heard() + limit;
        Long set = timerAt.value();
        // One that is set for earlier looks again when it fires.
        if (set == null || set > due) {
            timers.registerProcessingTimeTimer(due);
            timerAt.update(due);
        }
    }

    private void tell(String channel, long now, Collector<Document> out) throws Exception {
        Long limit = silentAfter.value();
        Long last = version.value();
        long next = clock.nextVersion(last == null ? 0 : last);
        version.update(next);
        out.collect(documents
                .ofFeed(
                        new FeedStatus(
                                channel,
                                instant(lastRecordAt.value()),
                                limit == null ? null : Duration.ofMillis(limit),
                                instant(silentSince.value())),
                        Instant.ofEpochMilli(now),
                        next)
                .document());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
