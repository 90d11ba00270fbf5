package io.tanggap.core;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The seed of a property test: {@code -Dseed=} replays a run, and what is printed says with which. */
public final class Seed {
    private static final long USUAL = 20_240_304L;

    private static final Set<Class<?>> PRINTED = ConcurrentHashMap.newKeySet();

    private Seed() {}

    public static Random random(Object test) {
        long seed = Long.getLong("seed", USUAL);
        if (PRINTED.add(test.getClass())) {
            System.out.println(test.getClass().getSimpleName() + " runs with -Dseed=" + seed);
        }
        return new Random(seed);
    }
}
