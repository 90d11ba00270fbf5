package io.tanggap.testkit;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of random tests: another one in every run, and printed, so that a failure can be run again. */
public final class Seeds {
    private Seeds() {}

    /**
     * The system property {@code seed} when it is set ({@code -Dseed=42}), else a new one. Printed with the caller's name.
     *
     * @throws NumberFormatException when the property is no whole number
     */
    public static long seed() {
        String given = System.getProperty("seed");
        long seed = given == null ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given);
        String caller = StackWalker.getInstance().walk(frames -> frames.skip(1)
                .findFirst()
                .orElseThrow()
                .toStackTraceElement()
                .toString());
        System.out.println("seed of " + caller + ": -Dseed=" + seed);
        return seed;
    }
}
