package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.Places;
import io.tanggap.intake.Replay;
import io.tanggap.reference.PackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code tanggap whatif} over an invented file of Boston's form, in this process. */
class WhatIfCommandTest {
    private static final Instant AS_OF = Instant.parse("2012-01-01T05:00:00Z");
    private static final ReferencePack BOSTON =
            requireNonNull(PackDirectory.builtIn("boston").pack());
    private static final Pattern FIGURES =
            Pattern.compile("(.{39})(before|after )  *([\\d,]+) +([\\d,]+) +([\\d,]+) +([\\d,]+) .*");

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private int whatif(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("whatif"));
        line.addAll(List.of(arguments));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    /** Requests of half a year, none with a deadline of its own. */
    private Path requests() throws IOException {
        Random random = new Random(311);
        DateTimeFormatter times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
        List<String> reasons = List.of("Highway Maintenance", "Street Lights", "Graffiti", "Sanitation");
        StringBuilder csv = new StringBuilder(
                "case_enquiry_id,open_dt,target_dt,closed_dt,closure_reason,reason,department,neighborhood,source\n");
        for (int i = 0; i < 400; i++) {
            LocalDateTime opened = LocalDateTime.parse("2011-07-05T08:00:00").plusMinutes(random.nextInt(180 * 1440));
            LocalDateTime closed = opened.plusSeconds(random.nextInt(20 * 86_400));
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%s,,%s,,%s,%s,%s,Twitter%n",
                    1000 + i,
                    times.format(opened),
                    random.nextInt(6) == 0 ? "" : times.format(closed),
                    reasons.get(random.nextInt(reasons.size())),
                    random.nextBoolean() ? "PWDx" : "BTDT",
                    random.nextBoolean() ? "Roxbury" : "Dorchester"));
        }
        return Files.writeString(directory.resolve("requests.csv"), csv);
    }

    /** Boston's pack with three working days for potholes and less time for lights. */
    private Path proposal() throws IOException {
        Path pack = directory.resolve("proposed");
        PackDirectory.export("boston", pack);
        edit(pack.resolve("pack.yaml"), "id: " + BOSTON.id(), "id: proposed");
        edit(pack.resolve("policies.csv"), "Highway Maintenance,,,P2D,,", "Highway Maintenance,,,P3D,city-hall,");
        edit(pack.resolve("policies.csv"), "Street Lights,,,P10D", "Street Lights,,,P7D");
        return pack;
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    /** Due, met, missed and inherited by unit, of a fold by itself. */
    private static Map<String, List<Long>> folded(Path requests, ReferencePack pack, Role role) {
        Map<String, List<CaseEvent>> events = new TreeMap<>();
        Replay.read(
                requests,
                Mapping.shipped("boston-311"),
                Places.declared(),
                AS_OF,
                event -> events.computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                        .add(event),
                letter -> {
                    throw new AssertionError(letter.message());
                },
                bytes -> {});
        Reference reference = Reference.of(List.of(pack));
        Map<String, List<Long>> units = new HashMap<>();
        for (List<CaseEvent> one : events.values()) {
            CaseView view = CaseFold.fold(CaseHistory.of(one), reference, AS_OF).view();
            if (view == null) {
                continue;
            }
            Contributions.of(view).forEach((cell, tally) -> {
                if (cell.rule() == (role == Role.HOLDER ? Rule.CRM : Rule.CROP)) {
                    long met = tally.get(Count.DUE_MET);
                    long missed = tally.get(Count.DUE_MISSED_LATE) + tally.get(Count.DUE_MISSED_OPEN);
                    List<Long> own = List.of(met + missed, met, missed, tally.get(Count.DUE_INHERITED));
                    units.merge(reference.name(cell.unit(), AS_OF), own, WhatIfCommandTest::plus);
                    units.merge("All units", own, WhatIfCommandTest::plus);
                }
            });
        }
        return units;
    }

    private static List<Long> plus(List<Long> a, List<Long> b) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            sum.add(a.get(i) + b.get(i));
        }
        return sum;
    }

    /** The same, as the command shows it. */
    private static Map<String, Map<String, List<Long>>> shown(String text) {
        Map<String, Map<String, List<Long>>> sides = new HashMap<>(Map.of("before", new HashMap<>()));
        String unit = "";
        for (String line : text.lines().toList()) {
            Matcher figures = FIGURES.matcher(line);
            if (figures.matches()) {
                String side = figures.group(2).strip();
                unit = side.equals("before") ? figures.group(1).strip() : unit;
                List<Long> numbers = new ArrayList<>();
                for (int i = 3; i <= 6; i++) {
                    numbers.add(Long.valueOf(figures.group(i).replace(",", "")));
                }
                sides.computeIfAbsent(side, key -> new HashMap<>()).put(unit.replaceAll(" \\(.*", ""), numbers);
            }
        }
        return sides;
    }

    @Test
    void bothSidesEqualSeparateFoldsAndTheTotalsAddUp() throws IOException {
        Path requests = requests();
        Path proposal = proposal();
        ReferencePack proposed = requireNonNull(PackDirectory.read(proposal).pack());
        for (String rule : List.of("CRM", "CROP")) {
            Role role = rule.equals("CRM") ? Role.HOLDER : Role.TERRITORY;
            assertThat(whatif(
                            "--reference",
                            proposal.toString(),
                            "--against",
                            "boston",
                            "--input",
                            requests.toString(),
                            "--format",
                            "boston-311",
                            "--as-of",
                            "2012-01-01",
                            "--rule",
                            rule))
                    .as("%s", said.err())
                    .isZero();
            Map<String, Map<String, List<Long>>> shown = shown(said.out());
            assertThat(shown.get("before")).isEqualTo(folded(requests, BOSTON, role));
            assertThat(shown.get("after")).isEqualTo(folded(requests, proposed, role));
            assertThat(shown.get("before")).hasSizeGreaterThan(2);
            for (Map<String, List<Long>> side : shown.values()) {
                List<Long> units = side.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("All units"))
                        .map(Map.Entry::getValue)
                        .reduce(List.of(0L, 0L, 0L, 0L), WhatIfCommandTest::plus);
                assertThat(side.get("All units")).isEqualTo(units);
            }
        }
        assertThat(said.out())
                .contains(
                        "Before      " + BOSTON.id() + "; rule CROP",
                        "After       proposed, as if it alone had always been known; rule CROP",
                        "policies              2 changed: potholes-2d, street-lights-10d",
                        "MISSED_LATE -> MET",
                        "MET -> MISSED_LATE");
        assertThat(said.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void onlyCasesOfThePeriodAreJudgedAndSomeAreNamed() throws IOException {
        Path requests = requests();
        assertThat(whatif(
                        "--reference",
                        proposal().toString(),
                        "--against",
                        "boston",
                        "--input",
                        requests.toString(),
                        "--format",
                        "boston-311",
                        "--as-of",
                        "2012-01-01",
                        "--from",
                        "2011-08-01",
                        "--to",
                        "2011-09-01",
                        "--cases",
                        "3"))
                .as("%s", said.err())
                .isZero();
        ZoneId zone = ZoneId.of("America/New_York");
        long inAugust = Files.readAllLines(requests).stream()
                .skip(1)
                .filter(line -> line.split(",")[1].startsWith("2011-08"))
                .count();
        assertThat(said.out())
                .contains(
                        "submitted from 2011-08-01 until before 2011-09-01: " + inAugust, zone.getId(), "Some of them");
        assertThat(said.out().lines().filter(line -> line.startsWith("  twitter:")))
                .hasSize(3);
    }

    @Test
    void theSamePackChangesNothing() throws IOException {
        assertThat(whatif(
                        "--reference",
                        "boston",
                        "--against",
                        "boston",
                        "--input",
                        requests().toString(),
                        "--format",
                        "boston-311"))
                .isZero();
        assertThat(said.out())
                .contains(
                        "Nothing that judges a case whose events are there.",
                        "0 of 400 cases have another verdict or another party; 0 deadlines move",
                        "0 of 2 units change");
    }

    @Test
    void whatDoesNotFitIsTold() throws IOException {
        String requests = requests().toString();
        assertThat(whatif("--input", requests, "--format", "boston-311")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--reference");
        assertThat(whatif("--reference", "boston")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("say where the cases are");
        assertThat(whatif("--reference", "jakarta", "--input", requests, "--format", "boston-311"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("is of city 31 in Asia/Jakarta", "the cases are of boston in America/New_York");
        assertThat(whatif("--reference", "boston", "--from", "2011-08-01", "--to", "2011-08-01"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--from 2011-08-01 is not before --to 2011-08-01");
        assertThat(whatif("--reference", "boston", "--from", "August")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--from August is no day");
        assertThat(whatif("--reference", "boston", "--cases", "-1")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(whatif("--reference", "boston", "--rule", "FAIR")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("CRM, CROP, SHARE, ORIGIN");
    }

    @Test
    void helpSaysHowMuchMemoryItTakes() {
        assertThat(whatif("--help")).isZero();
        assertThat(said.out()).contains("Usage: tanggap whatif", "largest", "TANGGAP_HEAP");
    }
}
