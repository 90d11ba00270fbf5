package io.tanggap.app.data;

import static io.tanggap.app.data.BostonCase.ZONE;
import static io.tanggap.app.data.BostonCase.midnight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Stock;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.Replay;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 58,251 real cases of Boston, July to December 2011, fed by the shipped mapping and read back from Elasticsearch, against
 * figures computed from the file by other means and against the publisher's own verdict, which no event carries. One feed,
 * one run for each as-of.
 */
@ExtendWith(EmbeddedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BostonIT {
    private static final Instant LATE = midnight("2019-12-31");
    private static final Instant EARLIER = midnight("2015-12-31");
    private static final double MOST_WRITES_PER_DOCUMENT = 1.05;

    private final Map<Instant, Indexed> runs = new HashMap<>();
    private JobRun job;
    private List<BostonCase> cases;
    private List<Replay.Summary> fed;

    /**
     * What one run left in Elasticsearch.
     *
     * @param months every row of a month that is not cut by category group
     * @param ambiguous source ids of the cases with a local time that exists twice
     */
    private record Indexed(
            Accounts accounts,
            double writesPerDocument,
            List<IndexedCell> cells,
            List<JsonNode> months,
            Map<String, JsonNode> running,
            List<String> ambiguous,
            long openCases,
            long unseenEvents) {

        Tally sum(Predicate<Cell> wanted) {
            TallySum sum = new TallySum();
            cells.stream().filter(cell -> wanted.test(cell.cell())).forEach(cell -> sum.add(cell.tally()));
            return sum.toTally();
        }

        Map<String, Tally> sums(Role role, Function<Cell, String> group) {
            Map<String, TallySum> sums = new TreeMap<>();
            for (IndexedCell cell : cells) {
                if (isOnce(cell.cell(), role)) {
                    sums.computeIfAbsent(group.apply(cell.cell()), any -> new TallySum())
                            .add(cell.tally());
                }
            }
            Map<String, Tally> tallies = new TreeMap<>();
            sums.forEach((name, sum) -> tallies.put(name, sum.toTally()));
            return tallies;
        }

        JsonNode cityMonth(Role role, String month) {
            List<JsonNode> found = months.stream()
                    .filter(row -> row.get("role").asText().equals(role.name())
                            && row.get("unit").asText().equals("boston")
                            && row.get("channel").asText().equals("ALL")
                            && row.get("window_start").asText().equals(month))
                    .toList();
            assertThat(found).as("%s row of the city for %s", role, month).hasSize(1);
            return found.get(0);
        }
    }

    @BeforeAll
    void feed(EmbeddedServers servers, @TempDir Path checkpoints) throws Exception {
        Path file = SharedData.find("boston/311-2011.csv.gz");
        cases = BostonCase.all(file);
        job = JobRun.start(servers, checkpoints);
        fed = job.feed(Mapping.shipped("boston-311"), JobRun.INGESTED_AT, List.of(file));
    }

    @AfterAll
    void close() {
        if (job != null) {
            job.close();
        }
    }

    private Indexed run(Instant asOf) throws Exception {
        Indexed known = runs.get(asOf);
        if (known == null) {
            job.forgetDocuments();
            known = read(job.replay(asOf));
            runs.put(asOf, known);
        }
        return known;
    }

    private Indexed read(Accounts accounts) throws IOException {
        ElasticsearchQueries queries = job.queries();
        double writes = job.writesPerDocument(accounts);
        Map<String, JsonNode> running = new HashMap<>();
        List<String> ambiguous = new ArrayList<>();
        long[] open = new long[1];
        long[] unseen = new long[1];
        queries.forEach("tanggap-cases", (id, source) -> {
            String sourceId = source.get("source_case_id").asText();
            if (source.get("verdict").asText().equals("RUNNING")) {
                running.put(sourceId, source);
            }
            if (source.get("anomalies").toString().contains("AMBIGUOUS_TIME")) {
                ambiguous.add(sourceId);
            }
            open[0] += source.get("open").asBoolean() ? 1 : 0;
            unseen[0] += source.get("unseen_events").asLong();
        });
        List<JsonNode> months = new ArrayList<>();
        queries.forEach("tanggap-responsiveness", (id, source) -> {
            if (source.get("window").asText().equals("MONTH")
                    && source.get("category_group").asText().equals("ALL")
                    && Set.of("CROP", "CRM").contains(source.get("rule").asText())) {
                months.add(source);
            }
        });
        return new Indexed(accounts, writes, IndexedCell.all(queries), months, running, ambiguous, open[0], unseen[0]);
    }

    @ParameterizedTest
    @EnumSource(names = {"TERRITORY", "HOLDER"})
    void theCohortOfTheLateRunSplitsAsPublished(Role role) throws Exception {
        Tally sum = run(LATE).sum(cell -> isOnce(cell, role));

        assertThat(sum.get(Count.RECEIVED)).isEqualTo(58_251);
        assertThat(sum.get(Count.COHORT_MET)).isEqualTo(35_591);
        assertThat(sum.get(Count.COHORT_NOT_APPLICABLE)).isEqualTo(10_981);
        assertThat(sum.get(Count.COHORT_MISSED_LATE)).isEqualTo(8_230);
        assertThat(sum.get(Count.COHORT_MISSED_OPEN)).isEqualTo(3_449);
        assertThat(sum.get(Count.COHORT_RUNNING)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TERRITORY", "HOLDER"})
    void theCohortOfTheEarlierRunHasOneCaseRunning(Role role) throws Exception {
        Tally sum = run(EARLIER).sum(cell -> isOnce(cell, role));

        assertThat(sum.get(Count.RECEIVED)).isEqualTo(58_251);
        assertThat(sum.get(Count.COHORT_MET)).isEqualTo(35_590);
        assertThat(sum.get(Count.COHORT_RUNNING)).isEqualTo(1);
        assertThat(sum.get(Count.COHORT_NOT_APPLICABLE)).isEqualTo(10_981);
        assertThat(sum.get(Count.COHORT_MISSED_LATE)).isEqualTo(8_185);
        assertThat(sum.get(Count.COHORT_MISSED_OPEN)).isEqualTo(3_494);
        assertThat(sum.get(Count.OPEN_ENTERED) - sum.get(Count.OPEN_LEFT)).isEqualTo(3_749);
    }

    @Test
    void casesOfTheEarlierRunKeepLaterClosingsUnseen() throws Exception {
        Indexed earlier = run(EARLIER);

        assertThat(earlier.unseenEvents()).isEqualTo(68);
        assertThat(earlier.openCases()).isEqualTo(3_749);
        assertThat(earlier.running()).containsOnlyKeys("101000302340");
        Instant deadline = Instant.parse(
                earlier.running().get("101000302340").get("deadline").asText());
        assertThat(LocalDate.ofInstant(deadline, ZONE)).isEqualTo("2019-07-12");
        assertThat(run(LATE).unseenEvents()).isZero();
        assertThat(run(LATE).running()).isEmpty();
    }

    @Test
    void thePublishersVerdictIsMetOrNotApplicableForEveryDepartmentAndSource() throws Exception {
        Indexed late = run(LATE);

        assertVerdicts(BostonCase::department, late.sums(Role.HOLDER, Cell::unit));
        assertVerdicts(BostonCase::channel, late.sums(Role.HOLDER, Cell::channel));
        assertVerdicts(BostonCase::channel, late.sums(Role.TERRITORY, Cell::channel));
    }

    private void assertVerdicts(Function<BostonCase, String> group, Map<String, Tally> sums) {
        Map<String, Map<Boolean, Long>> published = cases.stream()
                .collect(Collectors.groupingBy(
                        group,
                        TreeMap::new,
                        Collectors.partitioningBy(one -> one.label().equals("ONTIME"), Collectors.counting())));
        Map<String, Map<Boolean, Long>> computed = new TreeMap<>();
        sums.forEach((name, sum) -> computed.put(
                name,
                Map.of(
                        true,
                        sum.get(Count.COHORT_MET) + sum.get(Count.COHORT_NOT_APPLICABLE),
                        false,
                        sum.get(Count.COHORT_MISSED_LATE) + sum.get(Count.COHORT_MISSED_OPEN))));
        assertThat(computed).hasSizeGreaterThan(4).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({
        "2011-08-01, 2011-07-01, 2942, 530, 163",
        "2011-10-01, 2011-09-01, 6752, 2065, 479",
        "2012-01-01, 2011-12-01, 9879, 4707, 1095"
    })
    void stocksAtMidnightsComeOutOfTheLateRunAndOfARunThen(
            String day, String month, long open, long overdue, long withoutTarget) throws Exception {
        long epochDay = LocalDate.parse(day).toEpochDay();
        for (Instant asOf : List.of(LATE, midnight(day))) {
            for (Role role : List.of(Role.TERRITORY, Role.HOLDER)) {
                Tally before = run(asOf).sum(cell -> isOnce(cell, role) && cell.day() < epochDay);
                assertThat(List.of(
                                before.get(Count.OPEN_ENTERED) - before.get(Count.OPEN_LEFT),
                                before.get(Count.OVERDUE_ENTERED) - before.get(Count.OVERDUE_LEFT),
                                before.get(Count.NO_TARGET_ENTERED) - before.get(Count.NO_TARGET_LEFT)))
                        .as("leaf flows of %s before %s, as of %s", role, day, asOf)
                        .containsExactly(open, overdue, withoutTarget);
                JsonNode counts = run(asOf).cityMonth(role, month).get("counts");
                assertThat(List.of(
                                counts.get("open").asLong(),
                                counts.get("overdue").asLong(),
                                counts.get("without_target").asLong()))
                        .as("row of %s for the month that ends at %s, as of %s", role, day, asOf)
                        .containsExactly(open, overdue, withoutTarget);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TERRITORY", "HOLDER"})
    void theCurveOfAQuarterIsRebuiltFromLeafCells(Role role) throws Exception {
        Instant asOf = midnight("2011-10-01");
        Snapshot quarter = new Snapshot();
        run(asOf).cells().stream()
                .filter(cell -> isOnce(cell.cell(), role))
                .forEach(cell -> quarter.add(cell.tally(), Day.of(cell.cell().day(), ZONE), asOf));
        Stock nothing = new Stock(Tally.ZERO, Day.of(0, ZONE));
        Responsiveness figures = Responsiveness.of(quarter, nothing, nothing, Tally.ZERO);

        assertThat(figures.figures())
                .containsEntry("times.close_p50_hours", 22L)
                .containsEntry("times.close_p80_hours", 696L);
        assertThat(figures.count("censored")).isEqualTo(6_752);
    }

    /** Under the rules in which every case is once: the place, and the competent party. */
    private static boolean isOnce(Cell cell, Role role) {
        return cell.role() == role
                && cell.counterpart() == null
                && (cell.rule() == Rule.CROP || cell.rule() == Rule.CRM);
    }

    /** Every unit, in both roles, by every channel. */
    @ParameterizedTest
    @CsvSource({"2019-12-31", "2011-10-01"})
    void rowsOfMonthsAreWhatTheFileSays(String asOfDay) throws Exception {
        Instant asOf = midnight(asOfDay);
        Map<String, List<BostonCase>> bySlice = new HashMap<>();
        for (BostonCase one : cases) {
            if (one.opened().isBefore(asOf)) {
                String territory = one.neighborhood().isEmpty() ? Cell.UNLOCATED : one.neighborhood();
                for (String unit : List.of(
                        "TERRITORY|" + territory, "TERRITORY|boston", "HOLDER|" + one.department(), "HOLDER|boston")) {
                    for (String channel : List.of("ALL", one.channel())) {
                        bySlice.computeIfAbsent(unit + "|" + channel, any -> new ArrayList<>())
                                .add(one);
                    }
                }
            }
        }
        int compared = 0;
        for (JsonNode row : run(asOf).months()) {
            String slice = row.get("role").asText() + "|" + row.get("unit").asText() + "|"
                    + row.get("channel").asText();
            Instant from = midnight(row.get("window_start").asText());
            Instant to = midnight(row.get("window_end").asText());
            assertThat(figures(row))
                    .as("%s, month of %s, as of %s", slice, row.get("window_start"), asOf)
                    .isEqualTo(figures(bySlice.getOrDefault(slice, List.of()), from, to, asOf));
            compared++;
        }
        assertThat(compared).isGreaterThan(500);
        assertThat(run(asOf).months().stream()
                        .filter(row -> row.get("unit").asText().equals("boston")
                                && row.get("channel").asText().equals("ALL"))
                        .mapToLong(row -> row.get("counts").get("received").asLong())
                        .sum())
                .as("the city in two roles")
                .isEqualTo(2
                        * cases.stream()
                                .filter(one -> one.opened().isBefore(asOf))
                                .count());
    }

    private static Map<String, String> figures(JsonNode row) {
        Map<String, String> figures = new TreeMap<>();
        for (String count : List.of("received", "due_met", "due_missed", "closed", "open", "overdue", "censored")) {
            figures.put(count, row.get("counts").path(count).asText("0"));
        }
        for (String time : List.of("close_p50_hours", "close_p80_hours", "close_p90_hours", "closed_only_p50_hours")) {
            String state = row.get("times_state").get(time).asText();
            figures.put(time, state.equals("VALUE") ? row.get("times").get(time).asText() : state);
        }
        return figures;
    }

    private static Map<String, String> figures(List<BostonCase> cases, Instant from, Instant to, Instant asOf) {
        long received = 0;
        long dueMet = 0;
        long dueMissed = 0;
        long closings = 0;
        long open = 0;
        long overdue = 0;
        long stillOpen = 0;
        BinnedAges close = new BinnedAges();
        BinnedAges closedOnly = new BinnedAges();
        Instant stocksAt = to.isBefore(asOf) ? to : asOf;
        for (BostonCase one : cases) {
            Instant target = one.target();
            boolean closed = one.closed() != null && one.isClosed(asOf);
            Duration age = Duration.between(one.opened(), closed ? one.closed() : asOf);
            if (isWithin(one.opened(), from, to)) {
                received++;
                stillOpen += closed ? 0 : 1;
                if (closed) {
                    close.ended(age);
                } else {
                    close.censored(age);
                }
            }
            if (closed && isWithin(one.closed(), from, to)) {
                closings++;
                closedOnly.ended(age);
            }
            if (target != null && isWithin(target, from, to) && target.isBefore(asOf)) {
                boolean met = closed && !one.closed().isAfter(target);
                dueMet += met ? 1 : 0;
                dueMissed += met ? 0 : 1;
            }
            if (one.opened().isBefore(stocksAt) && !one.isClosed(stocksAt)) {
                open++;
                overdue += target != null && target.isBefore(stocksAt) ? 1 : 0;
            }
        }
        Map<String, String> figures = new TreeMap<>();
        figures.put("received", Long.toString(received));
        figures.put("due_met", Long.toString(dueMet));
        figures.put("due_missed", Long.toString(dueMissed));
        figures.put("closed", Long.toString(closings));
        figures.put("open", Long.toString(open));
        figures.put("overdue", Long.toString(overdue));
        figures.put("censored", Long.toString(stillOpen));
        figures.put("close_p50_hours", close.quantile(.5));
        figures.put("close_p80_hours", close.quantile(.8));
        figures.put("close_p90_hours", close.quantile(.9));
        figures.put("closed_only_p50_hours", closedOnly.quantile(.5));
        return figures;
    }

    private static boolean isWithin(Instant instant, Instant from, Instant to) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    @Test
    void timesInTheRepeatedHourAreTagged() throws Exception {
        List<String> repeated = cases.stream()
                .filter(BostonCase::repeatedHour)
                .map(BostonCase::id)
                .toList();

        assertThat(repeated).isNotEmpty();
        assertThat(run(LATE).ambiguous()).containsExactlyInAnyOrderElementsOf(repeated);
    }

    @ParameterizedTest
    @CsvSource({"2019-12-31", "2015-12-31", "2011-08-01", "2011-10-01", "2012-01-01"})
    void everyRecordIsAccountedForAndHardlyADocumentIsWrittenTwice(String asOf) throws Exception {
        Indexed run = run(midnight(asOf));

        assertThat(fed).singleElement().satisfies(summary -> {
            assertThat(summary.records()).isEqualTo(58_251);
            assertThat(summary.deadLetters()).isEmpty();
            assertThat(summary.failure()).isNull();
            assertThat(run.accounts().counters()).containsEntry(MetricNames.RECORDS_READ, summary.events());
        });
        assertThat(run.accounts().counters())
                .containsEntry(MetricNames.DEAD_LETTERS_DECODE, 0L)
                .containsEntry(MetricNames.DEAD_LETTERS_FOLD, 0L);
        System.out.printf(
                "as of %s: %.4f writes per document, %d cells%n",
                asOf, run.writesPerDocument(), run.cells().size());
        assertThat(run.writesPerDocument()).isBetween(1.0, MOST_WRITES_PER_DOCUMENT);
    }
}
