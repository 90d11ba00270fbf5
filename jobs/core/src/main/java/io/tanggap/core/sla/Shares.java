package io.tanggap.core.sla;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Divides a verdict among those who held the case, by the time that each consumed. */
public final class Shares {
    private Shares() {}

    /** A unit held the case in a stretch. */
    public record Stay(String unit, Span held) {}

    /**
     * Parts per million of what the clock counted up to an instant, in the order of the first stay. What does not divide goes to
     * those with the largest remainders, and among equal ones to the earlier stay.
     *
     * @param all to whom everything goes if nothing was counted
     */
    public static List<Share> of(List<Stay> stays, Pace pace, Instant until, String all) {
        Map<String, Long> counted = consumed(stays, pace, until);
        long whole = counted.values().stream().mapToLong(Long::longValue).sum();
        if (whole == 0) {
            return List.of(new Share(all, Share.WHOLE));
        }
        List<Part> parts = new ArrayList<>();
        long given = 0;
        for (Map.Entry<String, Long> entry : counted.entrySet()) {
            // Of a case that is dated centuries ago the product is beyond a long.
            BigInteger[] divided = BigInteger.valueOf(entry.getValue())
                    .multiply(BigInteger.valueOf(Share.WHOLE))
                    .divideAndRemainder(BigInteger.valueOf(whole));
            Part part =
                    new Part(entry.getKey(), parts.size(), divided[0].longValueExact(), divided[1].longValueExact());
            given += part.parts;
            parts.add(part);
        }
        List<Part> byRemainder = new ArrayList<>(parts);
        byRemainder.sort(
                Comparator.comparingLong((Part part) -> -part.remainder).thenComparing(part -> part.order));
        for (int i = 0; i < Share.WHOLE - given; i++) {
            byRemainder.get(i).parts++;
        }
        return parts.stream()
                .filter(part -> part.parts > 0)
                .map(part -> new Share(part.unit, (int) part.parts))
                .toList();
    }

    /** What the clock counted up to an instant while each unit held the case, in milliseconds, in the order of the first stay. */
    public static Map<String, Long> consumed(List<Stay> stays, Pace pace, Instant until) {
        Map<String, Long> counted = new LinkedHashMap<>();
        for (Stay stay : stays) {
            Instant to = stay.held().to();
            Instant end = to == null || to.isAfter(until) ? until : to;
            if (stay.held().from().isBefore(end)) {
                counted.merge(stay.unit(), pace.counted(stay.held().from(), end).toMillis(), Long::sum);
            }
        }
        return counted;
    }

    private static final class Part {
        private final String unit;
        private final int order;
        private final long remainder;
        private long parts;

        Part(String unit, int order, long parts, long remainder) {
            this.unit = unit;
            this.order = order;
            this.parts = parts;
            this.remainder = remainder;
        }
    }
}
