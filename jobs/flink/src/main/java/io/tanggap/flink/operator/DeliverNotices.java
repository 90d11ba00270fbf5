package io.tanggap.flink.operator;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Answer.Outcome;
import io.tanggap.core.notice.Notice;
import io.tanggap.delivery.Carrier;
import io.tanggap.delivery.RetryPlan;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.DocumentWriter.Delivery;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.Parcel;
import io.tanggap.flink.state.Parcel.Attempt;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.NoticeTypes;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by recipient: brings messages there, one at a time, and tries again what failed. A message is sent once a checkpoint
 * holds it, so that after a failure the very same one is sent again under the same id: at least once, and never another one
 * in its place. A recipient that hangs or is away holds up nobody else.
 *
 * <p>State: the messages that are on their way.
 */
public final class DeliverNotices extends KeyedProcessFunction<String, Parcel, Document>
        implements CheckpointedFunction, CheckpointListener {
    /** Messages that nobody took. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("undelivered", DomainTypes.DEAD_LETTER);

    /** How often a message that is on its way is looked after. */
    private static final long POLL_MILLIS = 100;

    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** Makes the carrier where the job runs. */
    public interface Carriers extends Serializable {
        /** @throws IOException if its settings are wrong; the message says what to do */
        Carrier open() throws IOException;
    }

    private final Carriers carriers;
    private final EmissionClock clock;

    private transient MapState<String, Parcel> outbox;
    private transient DocumentWriter documents;
    private transient Carrier carrier;
    private transient ExecutorService threads;
    private transient Map<String, CompletableFuture<Answer>> underWay;
    /** Messages that no checkpoint holds yet; those of the next one, and of each that has begun. */
    private transient Set<String> unsealed;

    private transient List<String> sinceLast;
    private transient TreeMap<Long, List<String>> sealing;

    private transient Counter delivered;
    private transient Counter retried;
    private transient Counter undelivered;

    @SuppressWarnings("NullAway.Init") // open comes before every element
    public DeliverNotices(Carriers carriers, EmissionClock clock) {
        this.carriers = carriers;
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        // What is restored was in a checkpoint: it is sealed.
    }

    @Override
    public void open(OpenContext context) throws IOException {
        outbox = getRuntimeContext().getMapState(new MapStateDescriptor<>("outbox", Types.STRING, NoticeTypes.PARCEL));
        documents = new DocumentWriter(clock);
        underWay = new HashMap<>();
        unsealed = new HashSet<>();
        sinceLast = new ArrayList<>();
        sealing = new TreeMap<>();
        carrier = carriers.open();
        // One for each recipient that is being sent to: a receiver that hangs has its own.
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "deliver");
            thread.setDaemon(true);
            return thread;
        });
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
        delivered = metrics.counter(MetricNames.NOTICES_DELIVERED);
        retried = metrics.counter(MetricNames.DELIVERIES_RETRIED);
        undelivered = metrics.counter(MetricNames.NOTICES_UNDELIVERED);
    }

    @Override
    public void processElement(Parcel parcel, Context context, Collector<Document> out) throws Exception {
        String id = parcel.notice().id();
        if (outbox.contains(id)) {
            return;
        }
        outbox.put(id, parcel);
        unsealed.add(id);
        sinceLast.add(id);
        out.collect(document(parcel, Delivery.WAITING));
        look(context.timerService(), POLL_MILLIS);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        sealing.put(context.getCheckpointId(), sinceLast);
        sinceLast = new ArrayList<>();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Map<Long, List<String>> sealed = sealing.headMap(checkpointId, true);
        sealed.values().forEach(unsealed::removeAll);
        sealed.clear();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Document> out) throws Exception {
        TimerService timers = context.timerService();
        Instant now = Instant.ofEpochMilli(timers.currentProcessingTime());
        List<Parcel> parcels = new ArrayList<>();
        outbox.values().forEach(parcels::add);
        parcels.sort(Comparator.comparing(Parcel::dueAt)
                .thenComparing(parcel -> parcel.notice().id()));
        boolean busy = false;
        for (Parcel parcel : parcels) {
            busy |= underWay.containsKey(parcel.notice().id()) && !land(parcel, now, context, out);
        }
        Instant next = null;
        for (Parcel parcel : parcels) {
            String id = parcel.notice().id();
            Parcel current = outbox.get(id);
            if (current == null || underWay.containsKey(id)) {
                continue;
            }
            if (!busy && !unsealed.contains(id) && !current.dueAt().isAfter(now)) {
                send(current);
                busy = true;
            } else if (next == null || current.dueAt().isBefore(next)) {
                next = current.dueAt();
            }
        }
        if (busy || next != null) {
            long wait = next == null ? POLL_MILLIS : Duration.between(now, next).toMillis();
            look(timers, busy ? POLL_MILLIS : Math.max(POLL_MILLIS, wait));
        }
    }

    private static void look(TimerService timers, long inMillis) {
        timers.registerProcessingTimeTimer(timers.currentProcessingTime() + inMillis);
    }

    private void send(Parcel parcel) {
        int attempt = parcel.attempts().size() + 1;
        underWay.put(
                parcel.notice().id(),
                CompletableFuture.supplyAsync(
                                () -> carrier.carry(parcel.notice(), parcel.recipient(), attempt), threads)
                        .exceptionally(failure -> Answer.retry("it could not be sent: " + failure.getMessage())));
    }

    /** Whether an attempt has ended; then what comes of it is done. */
    private boolean land(Parcel parcel, Instant now, OnTimerContext context, Collector<Document> out) throws Exception {
        String id = parcel.notice().id();
        CompletableFuture<Answer> attempt = underWay.get(id);
        if (attempt == null || !attempt.isDone()) {
            return false;
        }
        underWay.remove(id);
        Answer answer = attempt.join();
        int number = parcel.attempts().size() + 1;
        Optional<Duration> wait = RetryPlan.after(id, number, answer);
        Parcel tried = parcel.tried(
                new Attempt(now, answer.outcome(), answer.text()),
                wait.map(now::plus).orElse(now));
        if (wait.isPresent()) {
            retried.inc();
            outbox.put(id, tried);
            out.collect(document(tried, Delivery.WAITING));
            return true;
        }
        outbox.remove(id);
        if (answer.outcome() == Outcome.DELIVERED) {
            delivered.inc();
            out.collect(document(tried, Delivery.DELIVERED));
        } else {
            undelivered.inc();
            Document document = document(tried, Delivery.UNDELIVERED);
            out.collect(document);
            context.output(DEAD_LETTERS, letter(tried, answer, document, now));
        }
        return true;
    }

    private Document document(Parcel parcel, Delivery delivery) {
        return documents.ofDelivery(parcel, delivery, clock.nextVersion(0));
    }

    private static DeadLetter letter(Parcel parcel, Answer answer, Document document, Instant now) {
        Notice notice = parcel.notice();
        return new DeadLetter(
                Stage.DELIVERY,
                answer.outcome() == Outcome.REFUSED ? "rejected.refused" : "rejected.unreachable",
                "A message to " + notice.recipient() + " was given up after "
                        + parcel.attempts().size()
                        + " attempts, the last with: " + answer.text()
                        + "; set the recipient right, and tell it by other means: what stands is on its desk.",
                notice.recipient() + "/" + notice.id(),
                document.source(),
                now);
    }

    @Override
    public void close() throws InterruptedException {
        if (threads != null) {
            threads.shutdownNow();
            threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (carrier != null) {
            carrier.close();
        }
    }
}
