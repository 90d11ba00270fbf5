package io.tanggap.board;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.CurvePoint;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.DayOfCard;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A card in which everything occurs that a page can show. */
final class SampleCard {
    private SampleCard() {}

    /** @param name of the unit that it is about */
    static Card named(String name) {
        Card.Unit unit = new Card.Unit("31.74", name, "kota");
        Figures figures = new Figures(
                Map.ofEntries(
                        Map.entry("counts.due_met", 79),
                        Map.entry("counts.due_missed", 21),
                        Map.entry("counts.received", 12_345),
                        Map.entry("counts.open", 40),
                        Map.entry("counts.overdue", 7),
                        Map.entry("shares.on_time", 0.79),
                        Map.entry("shares.on_time_low", 0.70),
                        Map.entry("shares.on_time_high", 0.86),
                        Map.entry("times.close_p50_hours", 120),
                        Map.entry("times.close_p50_hours_low", 96),
                        Map.entry("ratios.rating", 3.5)),
                Map.of(
                        "close_p50_hours", "VALUE",
                        "close_p90_hours", "NOT_REACHED",
                        "resolution_p50_hours", "BEYOND_LAST_BIN",
                        "resolution_p80_hours", "FOLLOW_UP"),
                List.of(
                        new CurvePoint(0, 1, null, null, 4),
                        new CurvePoint(48, 0.75, 0.1279, 0.961, 4),
                        new CurvePoint(336, 0.375, 0.011, 0.808, 2)));
        Figures undeclared =
                new Figures(Map.of("counts.events_received", 9), Map.of("coverage", "UNDECLARED"), List.of());
        Figures empty = new Figures(Map.of(), Map.of("coverage", "DECLARED_EMPTY"), List.of());
        Figures ranked = new Figures(
                Map.ofEntries(
                        Map.entry("rank.met_ppm", 79_000_000L),
                        Map.entry("rank.missed_ppm", 21_000_000L),
                        Map.entry("rank.share", 0.79),
                        Map.entry("rank.place", 2),
                        Map.entry("rank.place_best", 1),
                        Map.entry("rank.place_worst", 3),
                        Map.entry("movers.before", 0.60),
                        Map.entry("movers.difference_low", 0.10),
                        Map.entry("movers.difference_high", 0.28)),
                Map.of("movers.direction", "UP", "funnel.side_99_8", "ABOVE"),
                List.of());
        return new Card(
                unit,
                false,
                new Card.Period("MONTH", LocalDate.of(2017, 11, 1), LocalDate.of(2017, 12, 1)),
                ZoneId.of("Asia/Jakarta"),
                Rule.CRM,
                new Card.Cut(false, "water"),
                figures,
                figures,
                List.of(
                        new DayOfCard(LocalDate.of(2017, 11, 6), 5, 3, 42, 6, 39, 11),
                        new DayOfCard(LocalDate.of(2017, 11, 7), 4, 6, 40, 7, 40, 10)),
                Map.of("water", figures),
                List.of(new Card.Standing(
                        unit,
                        1,
                        5,
                        ranked,
                        figures,
                        Map.of("CRM", 2, "CROP", 5, "SHARE", 2, "ORIGIN", 4, "places", 3))),
                12,
                List.of(new Card.Hop(name, "Dinas", 9, 2)),
                1,
                Map.of(Cell.ALL_CHANNELS, undeclared, "qlue", empty),
                List.of("twitter"),
                3L,
                new Card.Basis(
                        Instant.parse("2017-11-30T17:00:00Z"),
                        Instant.parse("2017-12-02T00:00:00Z"),
                        List.of("jakarta-1"),
                        4,
                        "abc123",
                        77L));
    }
}
