package io.tanggap.app.cli;

import java.io.PrintStream;
import java.util.Locale;

/** What the user sees. Results go to standard output, progress to standard error: a bar on a terminal, else lines. */
final class Terminal {
    private static final int BAR = 30;
    private static final long BAR_MILLIS = 100;
    private static final long LINE_MILLIS = 5_000;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private long lastShown;
    private boolean barShown;

    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    static Terminal system() {
        return new Terminal(System.out, System.err, System.console() != null);
    }

    /** The same, with what is beside the result on standard error, so that the result can be kept in a file. */
    Terminal aside() {
        return new Terminal(err, err, interactive);
    }

    synchronized void say(String line) {
        clearBar();
        out.println(line);
    }

    synchronized void complain(String line) {
        clearBar();
        err.println(line);
    }

    /**
     * Shows how far something has come; shown only as often as a person can read.
     *
     * @param share in [0, 1]; negative where the end is not known
     */
    synchronized void progress(String what, double share, String detail) {
        long now = System.currentTimeMillis();
        if (now - lastShown < (interactive ? BAR_MILLIS : LINE_MILLIS)) {
            return;
        }
        lastShown = now;
        String percent = share < 0 ? "" : String.format(Locale.ROOT, " %3.0f %%", 100 * share);
        if (!interactive) {
            err.println("  " + what + percent + "  " + detail);
            return;
        }
        int full = (int) Math.round(BAR * Math.min(1, Math.max(0, share)));
        String bar = share < 0 ? "" : " [" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
        err.print("\r\033[K  " + what + bar + percent + "  " + detail);
        err.flush();
        barShown = true;
    }

    private void clearBar() {
        if (barShown) {
            err.print("\r\033[K");
            err.flush();
            barShown = false;
        }
        lastShown = 0;
    }
}
