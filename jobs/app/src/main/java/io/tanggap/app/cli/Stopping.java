package io.tanggap.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Leaving on Ctrl-C: the command is interrupted where it is, closes what it has started, and only then the process ends.
 */
final class Stopping {
    private static final long LONGEST_SECONDS = 60;

    private static volatile boolean asked;

    private Stopping() {}

    /** Runs the command so that a stop interrupts it and waits for its end. */
    static int guard(IntSupplier command) {
        Thread thread = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (ended.getCount() == 0) {
                                return;
                            }
                            asked = true;
                            thread.interrupt();
                            try {
                                if (!ended.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                                    Runtime.getRuntime().halt(Tanggap.FAILED);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stopping"));
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }

    /** Whether the user wants to leave. */
    static boolean asked() {
        return asked;
    }

    /** Waits until the user wants to leave. */
    static void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // The way in which a stop is told: what follows is closing.
        }
    }
}
