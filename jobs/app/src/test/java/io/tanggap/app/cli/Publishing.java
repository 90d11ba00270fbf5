package io.tanggap.app.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Publishes as the command does, for tests of what reads it. */
public final class Publishing {
    private Publishing() {}

    /** The page of the city for a period, as of a midnight. */
    public static void page(String bootstrap, Instant asOf, String period, Path file) {
        report(bootstrap, "--period", period, "--as-of", asOf.toString(), "--out", file.toString());
    }

    /** Standings of the last 30 days before a midnight. */
    public static void standings(String bootstrap, String elasticsearch, Instant asOf) {
        report(
                bootstrap,
                "--publish",
                "--elasticsearch",
                elasticsearch,
                "--window",
                "ROLLING_30",
                "--as-of",
                asOf.toString());
    }

    private static void report(String bootstrap, String... arguments) {
        List<String> all = new ArrayList<>(List.of("report", "--bootstrap-servers", bootstrap));
        all.addAll(List.of(arguments));
        int code = Tanggap.execute(Terminal.system(), all.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError(all + ": exit code " + code);
        }
    }
}
