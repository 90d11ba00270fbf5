package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tanggap.core.References;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 58,251 real cases of Boston, July to December 2011, against figures that were computed from the file by other means, and
 * against the publisher's own verdict, which no event carries.
 */
class BostonOracleTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Reference REFERENCE = References.of(References.pack("boston", Instant.EPOCH, NEW_YORK));
    private static final Stock NOTHING = new Stock(Tally.ZERO, Day.of(0, NEW_YORK));
    private static final Instant LATE = midnight("2019-12-31");
    private static final Instant EARLIER = midnight("2015-12-31");

    private static final Map<Instant, List<CaseView>> VIEWS = new HashMap<>();
    private static final Map<Instant, Map<Role, Map<Long, Tally>>> DAYS = new HashMap<>();
    private static List<Case> cases = List.of();

    private record Case(String label, String department, String source, CaseHistory history) {
        CaseView at(Instant asOf) {
            CaseView view = CaseFold.fold(history, REFERENCE, asOf).view();
            if (view == null) {
                throw new AssertionError("submitted later than " + asOf);
            }
            return view;
        }
    }

    @BeforeAll
    static void read() {
        Path file = Path.of(System.getProperty("tanggap.shared.data", "nowhere"), "boston", "311-2011.csv.gz");
        if (!Files.exists(file)) {
            return;
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> header = row(lines);
            List<Case> read = new ArrayList<>();
            for (List<String> row = row(lines); !row.isEmpty(); row = row(lines)) {
                Map<String, String> named = new HashMap<>();
                for (int i = 0; i < header.size(); i++) {
                    named.put(header.get(i), row.get(i).strip());
                }
                read.add(new Case(
                        named.get("ontime"),
                        named.get("department"),
                        named.get("source"),
                        CaseHistory.of(events(named))));
            }
            cases = read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(cases).hasSize(58_251);
    }

    /** One row of quoted or plain fields, which may go over several lines; empty at the end. */
    private static List<String> row(BufferedReader lines) throws IOException {
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append(line.charAt(++i));
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (c == ',' && !quoted) {
                    row.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(c);
                }
            }
            if (!quoted) {
                row.add(field.toString());
                return row;
            }
            field.append('\n');
        }
        return row;
    }

    private static List<CaseEvent> events(Map<String, String> row) {
        List<CaseEvent> events = new ArrayList<>();
        Instant opened = instant(row.get("open_dt"), Instant.MIN);
        Instant target = instant(row.get("target_dt"), opened);
        Instant closed = instant(row.get("closed_dt"), opened);
        events.add(event(
                row,
                opened,
                1,
                new Submitted(
                        blankToNull(row.get("type")),
                        blankToNull(row.get("neighborhood")),
                        row.get("department"),
                        target)));
        if (closed != null) {
            events.add(event(row, closed, 2, new Closed(Outcome.UNKNOWN)));
        }
        return events;
    }

    private static CaseEvent event(Map<String, String> row, Instant at, long sequence, Payload payload) {
        return CaseEvent.of(
                row.get("source"),
                row.get("case_enquiry_id"),
                at,
                at,
                sequence,
                Actor.OFFICER,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload);
    }

    /** The earlier offset of a repeated hour, unless that puts the end before the start. */
    private static @Nullable Instant instant(String local, Instant start) {
        if (local.isEmpty()) {
            return null;
        }
        var earlier = LocalDateTime.parse(local, LOCAL).atZone(NEW_YORK).withEarlierOffsetAtOverlap();
        return earlier.toInstant().isBefore(start)
                ? earlier.withLaterOffsetAtOverlap().toInstant()
                : earlier.toInstant();
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    private static Instant midnight(String day) {
        return LocalDate.parse(day).atStartOfDay(NEW_YORK).toInstant();
    }

    private static List<CaseView> views(Instant asOf) {
        return VIEWS.computeIfAbsent(asOf, any -> cases.stream()
                .filter(one -> one.history().events().get(0).occurredAt().isBefore(asOf))
                .map(one -> one.at(asOf))
                .toList());
    }

    /** The sum of what the views of an as-of contribute, by day, in one role. */
    private static Map<Long, Tally> byDay(Instant asOf, Role role) {
        return DAYS.computeIfAbsent(asOf, BostonOracleTest::byRoleAndDay).get(role);
    }

    private static Map<Role, Map<Long, Tally>> byRoleAndDay(Instant asOf) {
        Map<Role, Map<Long, TallySum>> sums = new EnumMap<>(Role.class);
        for (CaseView view : views(asOf)) {
            Told.of(view).forEach((cell, tally) -> {
                if (Told.isOnce(cell, cell.role())) {
                    sums.computeIfAbsent(cell.role(), any -> new HashMap<>())
                            .computeIfAbsent(cell.day(), any -> new TallySum())
                            .add(tally);
                }
            });
        }
        Map<Role, Map<Long, Tally>> tallies = new EnumMap<>(Role.class);
        sums.forEach((role, days) -> {
            Map<Long, Tally> ofRole = new HashMap<>();
            days.forEach((day, sum) -> ofRole.put(day, sum.toTally()));
            tallies.put(role, ofRole);
        });
        return tallies;
    }

    private static Tally sum(Map<Long, Tally> days, Predicate<Long> wanted) {
        return days.entrySet().stream()
                .filter(day -> wanted.test(day.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Tally.ZERO, Tally::plus);
    }

    private static Responsiveness figures(Map<Long, Tally> days, Instant asOf) {
        Snapshot snapshot = new Snapshot();
        days.forEach((day, tally) -> snapshot.add(tally, Day.of(day, NEW_YORK), asOf));
        return Responsiveness.of(snapshot, NOTHING, NOTHING, sum(days, day -> true));
    }

    @BeforeEach
    void skipWithoutData() {
        assumeFalse(cases.isEmpty(), "skipped: no boston/311-2011.csv.gz below -Dtanggap.shared.data");
    }

    @AfterAll
    static void forget() {
        cases = List.of();
        VIEWS.clear();
        DAYS.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"TERRITORY", "HOLDER"})
    void theCohortOfTheLateRunSplitsAsPublished(Role role) {
        Responsiveness figures = figures(byDay(LATE, role), LATE);

        assertThat(figures.count("received")).isEqualTo(58_251);
        assertThat(figures.count("cohort_met")).isEqualTo(35_591);
        assertThat(figures.count("cohort_not_applicable")).isEqualTo(10_981);
        assertThat(figures.count("cohort_missed_late")).isEqualTo(8_230);
        assertThat(figures.count("cohort_missed_open")).isEqualTo(3_449);
        assertThat(figures.count("cohort_running")).isZero();
        assertThat(figures.count("due_met"))
                .as("18 were kept whose deadline is after the as-of")
                .isEqualTo(35_591 - 18);
        assertThat(figures.count("due_missed")).isEqualTo(11_679);
    }

    @Test
    void theCohortOfTheEarlierRunHasOneCaseRunningAndLaterClosingsUnseen() {
        List<CaseView> views = views(EARLIER);
        Responsiveness figures = figures(byDay(EARLIER, Role.TERRITORY), EARLIER);

        assertThat(figures.count("received")).isEqualTo(58_251);
        assertThat(figures.count("cohort_met")).isEqualTo(35_590);
        assertThat(figures.count("cohort_running")).isEqualTo(1);
        assertThat(figures.count("cohort_not_applicable")).isEqualTo(10_981);
        assertThat(figures.count("cohort_missed_late")).isEqualTo(8_185);
        assertThat(figures.count("cohort_missed_open")).isEqualTo(3_494);
        assertThat(figures.count("open")).isEqualTo(3_749);
        assertThat(views.stream().mapToInt(CaseView::unseenEvents).sum()).isEqualTo(68);
        assertThat(views)
                .filteredOn(view -> view.cycle().verdict() == Verdict.RUNNING)
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.sourceCaseId()).isEqualTo("101000302340");
                    assertThat(LocalDate.ofInstant(view.cycle().deadline(), NEW_YORK))
                            .isEqualTo("2019-07-12");
                });
    }

    @ParameterizedTest
    @CsvSource({"2011-08-01, 2942, 530, 163", "2011-10-01, 6752, 2065, 479", "2012-01-01, 9879, 4707, 1095"})
    void stocksAtMidnightsComeOutOfTheLateRunAndOfARunThen(String day, long open, long overdue, long withoutTarget) {
        long epochDay = LocalDate.parse(day).toEpochDay();
        for (Role role : Told.ROLES) {
            for (Instant asOf : List.of(LATE, EARLIER, midnight(day))) {
                Tally before = sum(byDay(asOf, role), other -> other < epochDay);
                Responsiveness figures = Responsiveness.of(new Snapshot(), NOTHING, NOTHING, before);
                assertThat(List.of(figures.count("open"), figures.count("overdue"), figures.count("without_target")))
                        .as("%s, as of %s", role, asOf)
                        .containsExactly(open, overdue, withoutTarget);
            }
        }
    }

    @Test
    void thePublishersVerdictIsMetOrNotApplicableForEveryDepartmentAndSource() {
        Map<String, long[]> groups = new HashMap<>();
        for (Case one : cases) {
            var verdict = one.at(LATE).firstCycle().verdict();
            for (String group : List.of("department " + one.department(), "source " + one.source())) {
                long[] counts = groups.computeIfAbsent(group, any -> new long[2]);
                counts[0] += one.label().equals("ONTIME") ? 1 : 0;
                counts[1] += verdict.isMissed() ? 0 : 1;
            }
        }

        assertThat(groups).hasSizeGreaterThan(10);
        groups.forEach((group, counts) -> assertThat(counts[1]).as(group).isEqualTo(counts[0]));
    }

    @Test
    void quantilesOfTheTimeToCloseAreTheExactOnesRoundedUpToBins() {
        Instant asOf = midnight("2011-10-01");
        Responsiveness figures = figures(byDay(asOf, Role.TERRITORY), asOf);

        assertThat(figures.figures()).containsEntry("times.close_p50_hours", 22L);
        assertThat(figures.figures()).containsEntry("times.close_p80_hours", 696L);
        assertThat(figures.count("censored")).isEqualTo(6_752);
        assertThat(figures.states())
                .as("no closing says that the problem was fixed")
                .containsEntry("resolution_p50_hours", "NOT_REACHED");
    }

    /** By submission day the week looked like 91.7 % and became 76.6 %; by deadline day it is 76.1 %, and stays so. */
    @Test
    void theShareByDeadlineDayDoesNotFlatterARecentWeek() {
        for (Instant asOf : List.of(midnight("2011-10-01"), LATE)) {
            long end = LocalDate.parse("2011-10-01").toEpochDay();
            Tally week = sum(byDay(asOf, Role.TERRITORY), day -> day >= end - 7 && day < end);
            Responsiveness figures =
                    Responsiveness.of(week.at(Day.of(end - 7, NEW_YORK), asOf), NOTHING, NOTHING, Tally.ZERO);

            assertThat(figures.count("cohort_met")).isEqualTo(asOf.equals(LATE) ? 1_793 : 1_235);
            assertThat(figures.count("cohort_missed_late") + figures.count("cohort_missed_open"))
                    .isEqualTo(asOf.equals(LATE) ? 549 : 112);
            assertThat(figures.count("due_met")).isEqualTo(1_291);
            assertThat(figures.count("due_missed")).isEqualTo(406);
            assertThat(figures.share("on_time")).isEqualTo(1_291 / 1_697.0);
        }
    }

    @Test
    void threeCasesAreBornOverdueAndThousandsHaveAgeZero() {
        List<CaseView> views = views(LATE);

        assertThat(views)
                .filteredOn(view -> view.anomalies().contains(Anomaly.BORN_OVERDUE))
                .hasSize(3);
        assertThat(views)
                .filteredOn(view -> view.submittedAt().equals(view.firstCycle().closedAt()))
                .hasSize(2_499);
        assertThat(views)
                .filteredOn(view -> view.anomalies().contains(Anomaly.BEFORE_SUBMISSION))
                .isEmpty();
    }
}
