package io.tanggap.app.run;

import io.tanggap.flink.io.EventPublisher;
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
    private static final long CLOSE_SECONDS = 15;

    private final ScheduledExecutorService beating = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });
    private final @Nullable String bootstrap;

    /** Of the beating thread alone. */
    private @Nullable EventPublisher publisher;

    private Heartbeats(@Nullable String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Beats until closed; a heartbeat that fails is logged, and the next one tries again. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task catches what can go wrong
    public static Heartbeats start(String bootstrap) {
        Heartbeats heartbeats = new Heartbeats(bootstrap);
        heartbeats.beating.scheduleWithFixedDelay(
                () -> heartbeats.beat(bootstrap), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return heartbeats;
    }

    private void beat(String kafka) {
        try {
            if (publisher == null) {
                publisher = new EventPublisher(kafka);
            }
            publisher.heartbeat(Instant.now());
            publisher.flush();
        } catch (RuntimeException e) {
            LOG.error("A heartbeat was not written: the as-of of live jobs stands still until one is.", e);
            // A publisher that has failed once fails for ever: the next beat makes another one.
            letGo();
        }
    }

    private void letGo() {
        EventPublisher failed = publisher;
        publisher = null;
        if (failed != null) {
            try {
                failed.close();
            } catch (RuntimeException e) {
                LOG.debug("the publisher of heartbeats does not close", e);
            }
        }
    }

    /** Does nothing. */
    public static Heartbeats none() {
        return new Heartbeats(null);
    }

    /** Whether heartbeats are written. */
    public boolean isBeating() {
        return bootstrap != null;
    }

    @Override
    public void close() {
        beating.shutdownNow();
        try {
            if (beating.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                letGo();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
