package io.tanggap.app.cli;

import java.time.Instant;

/** Publishes standings as the command does, for tests of what reads them. */
public final class Publishing {
    private Publishing() {}

    /** Those of the last 30 days before a midnight. */
    public static void standings(String bootstrap, String elasticsearch, Instant asOf) {
        int code = Tanggap.execute(
                Terminal.system(),
                "report",
                "--bootstrap-servers",
                bootstrap,
                "--publish",
                "--elasticsearch",
                elasticsearch,
                "--window",
                "ROLLING_30",
                "--as-of",
                asOf.toString());
        if (code != 0) {
            throw new AssertionError("standings are not published: exit code " + code);
        }
    }
}
