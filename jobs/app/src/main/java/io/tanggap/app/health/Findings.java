package io.tanggap.app.health;

import io.tanggap.app.health.Finding.Level;
import io.tanggap.flink.io.KafkaException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The findings of one server, in the order of the checks. A check that cannot be made is a finding, and the others go on. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    /** Looks at one subject, and adds what it finds. */
    interface Check {
        void run() throws IOException;
    }

    /** Makes a check, and says whether it could be made. */
    boolean check(String subject, Check check) {
        try {
            check.run();
            return true;
        } catch (IOException | RuntimeException e) {
            boolean isOurs = e.getClass() == IOException.class || e instanceof KafkaException;
            String message = e.getMessage() == null ? "no reason given" : e.getMessage();
            fail(
                    subject,
                    "cannot be checked: " + (isOurs ? message : e.getClass().getSimpleName() + ": " + message),
                    "mend what it says, and look again");
            return false;
        }
    }

    void ok(String subject, String seen) {
        found.add(new Finding(Level.OK, subject, seen, ""));
    }

    void warn(String subject, String seen, String remedy) {
        found.add(new Finding(Level.WARN, subject, seen, remedy));
    }

    void fail(String subject, String seen, String remedy) {
        found.add(new Finding(Level.FAIL, subject, seen, remedy));
    }

    /**
     * Judges a value that is well up to a limit, and bad beyond another.
     *
     * @param failAbove null: it is never worse than a warning
     */
    <T extends Comparable<T>> void judge(
            String subject, String seen, T value, T warnAbove, @Nullable T failAbove, String remedy) {
        if (failAbove != null && value.compareTo(failAbove) > 0) {
            fail(subject, seen, remedy);
        } else if (value.compareTo(warnAbove) > 0) {
            warn(subject, seen, remedy);
        } else {
            ok(subject, seen);
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }

    /** A span as a person says it, in one unit: {@code 45 s}, {@code 12 min}, {@code 5 h}, {@code 3 d}. */
    static String span(Duration span) {
        long seconds = span.abs().toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** A number with its noun: {@code 1 broker}, {@code 1,200 brokers}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
