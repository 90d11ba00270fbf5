package io.tanggap.release;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tanggap.core.release.Published;
import io.tanggap.core.statistics.Proportion;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of measures: the rows of months of units, as dashboards show them, one line for each figure, less what too few cases
 * stand behind.
 *
 * <p>A count from 1 to k − 1 is withheld. If it is the only one among the units right below one unit, the smallest other one is
 * withheld too, or it could be had by subtraction. A share or a time is withheld where fewer than 30 cases stand behind it, as
 * everywhere in the product. Figures without a number of cases behind them are left out, and so are units that the reference does not list.
 */
public final class MonthFigures {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Comparator<MeasureRow> ORDER = Comparator.comparing(MeasureRow::from)
            .thenComparing(MeasureRow::role)
            .thenComparing(MeasureRow::rule)
            .thenComparing(MeasureRow::unit)
            .thenComparing(MeasureRow::measure);

    private static final Pattern LIMIT = Pattern.compile("(.+)_(low|high)");
    private static final Pattern OF_TARGET = Pattern.compile("shares\\.(.+)_(on_time|handed_on)");
    private static final Pattern WITHIN = Pattern.compile("shares\\.resolved_(\\d+)_days");

    /** What a figure's number of cases is the sum of, by what its name begins with; the first that fits. */
    private static final List<Base> BASES = List.of(
            new Base("shares.on_time", "due_met", "due_missed"),
            new Base("shares.silent_over_", "open_at_midnight"),
            new Base("shares.durable", "resolutions_14_days_old"),
            new Base("shares.returned", "stops_14_days_old"),
            new Base("shares.rated_1_or_2", "rated_1", "rated_2", "rated_3", "rated_4", "rated_5"),
            new Base("shares.rated", "closed"),
            new Base("shares.came_", "closed_after_hops"),
            new Base("shares.declined", "offers_answered"),
            // Of those that were judged, whose number no row has.
            new Base("shares.claims_rejected"),
            new Base("shares.claims_", "claims"),
            new Base("shares.evidence_reused", "evidence"),
            new Base("shares.stay_", "stays"),
            new Base("times.closed_only_", "closed"),
            new Base("times.close_", "at_risk"),
            new Base("times.resolution_", "at_risk"),
            new Base("times.durable_resolution_", "at_risk"),
            new Base("times.offer_taken_", "offers_followed"),
            new Base("times.stay_", "stays"),
            new Base("ratios.rating", "rated_1", "rated_2", "rated_3", "rated_4", "rated_5"));

    private final Published words;
    private final int k;
    private final List<MeasureRow> rows = new ArrayList<>();

    private record Base(String begins, List<String> counts) {
        Base(String begins, String... counts) {
            this(begins, List.of(counts));
        }
    }

    /** What is told side by side of the units right below one. */
    private record Family(@Nullable String parent, String role, String rule, LocalDate from, String measure)
            implements Comparable<Family> {
        private static final Comparator<Family> ORDER = Comparator.comparing(Family::toString);

        @Override
        public int compareTo(Family other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * No row yet.
     *
     * @param k how many cases a count has to have
     */
    public MonthFigures(Published words, int k) {
        this.words = words;
        this.k = k;
    }

    /** Adds a row, as the index of figures has it, if it is of a unit that the reference lists, in a territory and a period. */
    public void add(String json, @Nullable String territory, @Nullable LocalDate from, @Nullable LocalDate to)
            throws IOException {
        JsonNode row = JSON.readTree(json);
        String unit = row.get("unit").asText();
        LocalDate start = LocalDate.parse(row.get("window_start").asText());
        LocalDate end = LocalDate.parse(row.get("window_end").asText());
        boolean listed = words.isListed(unit) && (territory == null || words.isIn(unit, territory));
        boolean inPeriod = (from == null || !start.isBefore(from)) && (to == null || !end.isAfter(to));
        if (!listed || !inPeriod) {
            return;
        }
        JsonNode counts = row.path("counts");
        counts.properties().forEach(count -> {
            long value = count.getValue().asLong();
            boolean few = value != 0 && Math.abs(value) < k;
            add(row, start, end, "counts." + count.getKey(), few ? null : BigDecimal.valueOf(value), null, null, few);
        });
        for (String group : List.of("shares", "times", "ratios")) {
            row.path(group).properties().forEach(figure -> {
                Long cases = cases(group + "." + figure.getKey(), counts);
                if (cases != null) {
                    boolean few = cases < Proportion.LEAST_TRIALS;
                    add(
                            row,
                            start,
                            end,
                            group + "." + figure.getKey(),
                            few ? null : figure.getValue().decimalValue(),
                            null,
                            few ? null : cases,
                            few);
                }
            });
        }
        row.path("times_state").properties().forEach(state -> {
            Long cases = cases("times." + state.getKey(), counts);
            boolean stated = state.getValue().asText().equals("VALUE");
            if (cases != null && !stated) {
                boolean few = cases < Proportion.LEAST_TRIALS;
                add(
                        row,
                        start,
                        end,
                        "times." + state.getKey(),
                        null,
                        few ? null : state.getValue().asText(),
                        few ? null : cases,
                        few);
            }
        });
    }

    private void add(
            JsonNode row,
            LocalDate start,
            LocalDate end,
            String measure,
            @Nullable BigDecimal value,
            @Nullable String state,
            @Nullable Long cases,
            boolean withheld) {
        rows.add(new MeasureRow(
                row.get("unit").asText(),
                row.get("level").asText(),
                row.get("role").asText(),
                row.get("rule").asText(),
                start,
                end,
                measure,
                value,
                state,
                cases,
                withheld));
    }

    /** How many cases stand behind a figure; null if that is not known. */
    private static @Nullable Long cases(String figure, JsonNode counts) {
        Matcher limit = LIMIT.matcher(figure);
        String name = limit.matches() ? limit.group(1) : figure;
        Matcher within = WITHIN.matcher(name);
        if (within.matches()) {
            return sum(counts, List.of("mature_" + within.group(1) + "_days"));
        }
        for (Base base : BASES) {
            if (name.startsWith(base.begins)) {
                return base.counts.isEmpty() ? null : sum(counts, base.counts);
            }
        }
        Matcher target = OF_TARGET.matcher(name);
        return target.matches() ? sum(counts, List.of(target.group(1) + "_met", target.group(1) + "_missed")) : null;
    }

    private static Long sum(JsonNode counts, List<String> names) {
        return names.stream().mapToLong(name -> counts.path(name).asLong()).sum();
    }

    /** The lines of the table, in order. */
    public List<MeasureRow> rows() {
        SortedMap<Family, List<MeasureRow>> families = new TreeMap<>();
        for (MeasureRow row : rows) {
            if (row.measure().startsWith("counts.")) {
                families.computeIfAbsent(
                                new Family(words.parent(row.unit()), row.role(), row.rule(), row.from(), row.measure()),
                                any -> new ArrayList<>())
                        .add(row);
            }
        }
        Map<MeasureRow, MeasureRow> besides = new HashMap<>();
        families.values().forEach(family -> {
            if (family.stream().filter(MeasureRow::withheld).count() == 1) {
                told(family)
                        .min(Comparator.comparing((MeasureRow row) -> requireNonNull(row.value()))
                                .thenComparing(MeasureRow::unit))
                        .ifPresent(row -> besides.put(row, row.withholding()));
            }
        });
        return rows.stream()
                .map(row -> besides.getOrDefault(row, row))
                .sorted(ORDER)
                .toList();
    }

    private static Stream<MeasureRow> told(List<MeasureRow> family) {
        return family.stream().filter(row -> row.value() != null && row.value().signum() != 0);
    }
}
