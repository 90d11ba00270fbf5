package io.tanggap.board;

import io.tanggap.core.measure.CurvePoint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures by their names in the catalogue, {@link io.tanggap.core.measure.Measure}.
 *
 * @param numbers such as {@code shares.on_time}; what cannot be stated is absent
 * @param states why a time is absent, or that it is not, by the name without its group: {@code close_p50_hours}
 * @param curve how many problems are still open by their age; empty where that is not known
 */
public record Figures(SortedMap<String, Number> numbers, SortedMap<String, String> states, List<CurvePoint> curve) {
    /** Of what nothing is known. */
    public static final Figures NONE = new Figures(Map.of(), Map.of(), List.of());

    public Figures(Map<String, ? extends Number> numbers, Map<String, String> states, List<CurvePoint> curve) {
        this(
                Collections.unmodifiableSortedMap(new TreeMap<>(numbers)),
                Collections.unmodifiableSortedMap(new TreeMap<>(states)),
                List.copyOf(curve));
    }

    /** A number by its whole name; null if it cannot be stated. */
    public @Nullable Number number(String name) {
        return numbers.get(name);
    }

    /** A whole number; 0 if it is absent, as counts of nothing are. */
    public long count(String name) {
        Number count = numbers.get("counts." + name);
        return count == null ? 0 : count.longValue();
    }
}
