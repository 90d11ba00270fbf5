package io.tanggap.app.run;

import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.KafkaException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes heartbeats into every partition of case-events, in place of an intake that would. */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final long EVERY_MILLIS = 250;

    private final @Nullable EventPublisher publisher;
    private final ScheduledExecutorService beating;

    private Heartbeats(@Nullable EventPublisher publisher) {
        this.publisher = publisher;
        this.beating = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "heartbeats");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Beats until closed; a heartbeat that fails is logged, and the next one tries again. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task catches what can go wrong
    public static Heartbeats start(String bootstrap) {
        EventPublisher publisher = new EventPublisher(bootstrap);
        Heartbeats heartbeats = new Heartbeats(publisher);
        heartbeats.beating.scheduleAtFixedRate(() -> beat(publisher), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return heartbeats;
    }

    private static void beat(EventPublisher publisher) {
        try {
            publisher.heartbeat(Instant.now());
            publisher.flush();
        } catch (KafkaException e) {
            LOG.error("A heartbeat was not written: the as-of of live jobs stands still until one is.", e);
        }
    }

    /** Does nothing. */
    public static Heartbeats none() {
        return new Heartbeats(null);
    }

    /** Whether heartbeats are written. */
    public boolean isBeating() {
        return publisher != null;
    }

    @Override
    public void close() {
        beating.shutdownNow();
        if (publisher != null) {
            publisher.close();
        }
    }
}
