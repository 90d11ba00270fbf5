package io.tanggap.core.measure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A published figure that has become another one.
 *
 * @param figure its flat name, as {@link Responsiveness#figures} has it
 * @param from what was published; null where nothing was
 * @param to what it is now; null where nothing is left to say
 */
public record Restated(
        String figure, @Nullable Number from, @Nullable Number to) {
    private static final String COUNTS = "counts.";

    public Restated {
        requireNonNull(figure, "figure");
        if (Objects.equals(from, to)) {
            throw new IllegalArgumentException(figure + " is " + to + " as before: nothing is restated");
        }
    }

    /**
     * The figures that differ, in order of their names, without the limits of their intervals; a row that is not there has
     * none. That a count which is not there
     * becomes one of nothing, or the other way about, is no difference.
     */
    public static List<Restated> between(SortedMap<String, Number> published, SortedMap<String, Number> now) {
        TreeSet<String> figures = new TreeSet<>(published.keySet());
        figures.addAll(now.keySet());
        figures.removeIf(figure -> figure.endsWith("_low") || figure.endsWith("_high"));
        List<Restated> restated = new ArrayList<>();
        for (String figure : figures) {
            Number from = published.get(figure);
            Number to = now.get(figure);
            boolean same = Objects.equals(from, to) || (isCount(figure) && count(from) == 0 && count(to) == 0);
            if (!same) {
                restated.add(new Restated(figure, from, to));
            }
        }
        return restated;
    }

    private static boolean isCount(String figure) {
        return figure.startsWith(COUNTS);
    }

    private static long count(@Nullable Number count) {
        return count == null ? 0 : count.longValue();
    }

    /**
     * By how much the figure rose. A count that was not, or is no more, counts as nothing, so that changes of counts add up; of
     * any other figure that appears or disappears there is no change: null.
     */
    public @Nullable Number change() {
        if (isCount(figure)) {
            return count(to) - count(from);
        }
        return from == null || to == null ? null : to.doubleValue() - from.doubleValue();
    }
}
