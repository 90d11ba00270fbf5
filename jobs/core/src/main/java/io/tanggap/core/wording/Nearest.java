package io.tanggap.core.wording;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person most likely meant. */
public final class Nearest {
    private static final int MOST_LISTED = 16;
    /** No name is as long; what is may be half a file, and to compare it whole would take for ever. */
    private static final int MOST_COMPARED = 80;

    private Nearest() {}

    /** The valid name with the least edit distance, letter case ignored; empty only if there is no valid name. */
    public static Optional<String> of(String wrong, Collection<String> valid) {
        String lower =
                wrong.substring(0, Math.min(wrong.length(), MOST_COMPARED)).toLowerCase(Locale.ROOT);
        return valid.stream()
                .min(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a sentence about a wrong name: the nearest valid one, and all of them where they are few. */
    public static String hint(String wrong, Collection<String> valid) {
        if (valid.isEmpty()) {
            return "no name is valid here";
        }
        String nearest = "nearest valid name: '" + of(wrong, valid).orElseThrow() + "'";
        return valid.size() > MOST_LISTED ? nearest : nearest + " (valid: " + String.join(", ", valid) + ")";
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
