package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.MergedInto;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Stock;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.core.problem.Merges;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the operators together write for a city equals what the core says of all of its cases at once: in a replay, live,
 * and live with another order of arrival.
 */
class FiguresTest {
    private static final int CASES = 150;
    private static final SeededCity CITY = SeededCity.ofSize(8, 4);
    private static final ReferencePack PACK = CITY.referencePack();
    private static final Reference REFERENCE = Reference.of(List.of(PACK));
    private static final ZoneId ZONE = PACK.zone();
    private static final LocalDate FIRST = SeededCity.DEFAULT_MONTH.atDay(1);
    // After the city's last event, and after the moment of ageing of that midnight.
    private static final Instant AS_OF =
            FIRST.plusDays(35).atTime(0, 20).atZone(ZONE).toInstant();

    private static final long TODAY = LocalDate.ofInstant(AS_OF, ZONE).toEpochDay();

    private final TestClock clock = new TestClock();
    private final long seed = Seeds.seed();
    private final List<CaseEvent> events = events(seed);

    private static List<CaseEvent> events(long seed) {
        List<CaseEvent> events = new ArrayList<>();
        CITY.generate(seed, CASES, SeededCity.DEFAULT_MONTH, events::add);
        merge(events, new Random(seed));
        return events;
    }

    /**
     * The city merges no cases: a third of them into any other one, in chains, and some of those come back. Three of
     * their own, to which nothing else happens, make a circle and a merge into a case that is not known.
     */
    private static void merge(List<CaseEvent> events, Random random) {
        List<CaseEvent> submitted = events.stream()
                .filter(event -> event.payload() instanceof Payload.Submitted)
                .toList();
        for (CaseEvent event : submitted) {
            if (random.nextInt(3) == 0) {
                Duration later = Duration.ofMinutes(random.nextInt(20_000));
                String other = submitted.get(random.nextInt(submitted.size())).caseId();
                events.add(after(event, event.sourceCaseId(), later, new MergedInto(other)));
                if (random.nextInt(4) == 0) {
                    events.add(
                            after(event, event.sourceCaseId(), later.plusHours(random.nextInt(100)), new Reopened()));
                }
            }
        }
        CaseEvent like = submitted.get(0);
        Map.of("circle-a", "circle-b", "circle-b", "circle-a", "lost", "unknown")
                .forEach((own, other) -> {
                    events.add(after(like, own, Duration.ZERO, like.payload()));
                    events.add(after(
                            like,
                            own,
                            Duration.ofMinutes(1),
                            new MergedInto(CaseEvent.caseIdOf(like.channel(), other))));
                });
        events.removeIf(event -> !event.occurredAt().isBefore(AS_OF));
        events.sort(Comparator.comparing(CaseEvent::ingestedAt));
    }

    private static CaseEvent after(CaseEvent event, String sourceCaseId, Duration later, Payload payload) {
        return CaseEvent.of(
                event.channel(),
                sourceCaseId,
                event.occurredAt().plus(later),
                event.occurredAt().plus(later),
                null,
                Actor.OFFICER,
                null,
                Visibility.INTERNAL,
                false,
                TimeNote.EXACT,
                payload);
    }

    private static Instant startOf(long day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(ZONE).toInstant();
    }

    private Map<String, String> replay(List<CaseEvent> arrivals) throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.replay(AS_OF), clock, PACK)) {
            for (CaseEvent event : arrivals) {
                pipeline.send(event);
            }
            pipeline.watermark(Harness.END);
            return pipeline.contents();
        }
    }

    /** Every event arrives when its place in the order is due, late or early as it may be. */
    private Map<String, String> live(List<CaseEvent> arrivals) throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, PACK)) {
            Instant start = FIRST.atStartOfDay(ZONE).toInstant();
            Duration step = Duration.ofMinutes(7 * 60 + 13);
            long steps = Duration.between(start, AS_OF).dividedBy(step);
            int sent = 0;
            for (int i = 0; i < steps; i++) {
                for (; sent < arrivals.size() * (i + 1) / steps; sent++) {
                    pipeline.send(arrivals.get(sent));
                }
                pipeline.watermark(start.plus(step.multipliedBy(i)).toEpochMilli());
            }
            pipeline.watermark(AS_OF.toEpochMilli());
            Map<String, String> contents = pipeline.contents();
            pipeline.watermark(Harness.END);
            assertThat(pipeline.contents())
                    .as("the end of the input changes nothing")
                    .isEqualTo(contents);
            return contents;
        }
    }

    private static <T> List<T> shuffled(List<T> list, long seed) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    @Test
    void aReplayWritesWhatTheCoreSays() throws Exception {
        assertThat(replay(events)).containsExactlyInAnyOrderEntriesOf(expected());
        List<CaseEvent> twice = new ArrayList<>(events);
        twice.addAll(events);
        assertThat(replay(shuffled(twice, seed)))
                .as("shuffled, everything twice")
                .isEqualTo(replay(events));
    }

    @Test
    void liveComesToWhatTheCoreSays() throws Exception {
        assertSame(live(events), expected());
    }

    @Test
    void liveComesToWhatTheCoreSaysInAnyOrderOfArrival() throws Exception {
        assertSame(live(shuffled(events, seed)), expected());
    }

    /** Live has more: cells, rows and visits that were once there and came to nothing, all retracted. */
    private static void assertSame(Map<String, String> live, Map<String, String> expected) {
        expected.forEach((id, content) -> assertThat(live.get(id)).as(id).isEqualTo(content));
        live.forEach((id, content) -> {
            if (!expected.containsKey(id)) {
                assertThat(content).as(id).contains("\"retracted\":true");
            }
        });
    }

    /** Straight from all cases, without a difference, a timer or a partial sum. */
    private Map<String, String> expected() {
        Map<String, List<CaseEvent>> byCase = new HashMap<>();
        events.forEach(event ->
                byCase.computeIfAbsent(event.caseId(), id -> new ArrayList<>()).add(event));
        List<Document> documents = new ArrayList<>();
        DocumentWriter writer = new DocumentWriter(clock);
        List<Map.Entry<Cell, Tally>> contributions = new ArrayList<>();
        Map<Slice, List<Map.Entry<Cell, Tally>>> slices = new HashMap<>();
        List<Report> reports = new ArrayList<>();
        for (List<CaseEvent> history : byCase.values()) {
            CaseView view = requireNonNull(
                    CaseFold.fold(CaseHistory.of(history), REFERENCE, AS_OF).view());
            documents.add(writer.ofCase(view, null, 1).document());
            reports.add(Report.of(view));
            view.visits()
                    .forEach(visit ->
                            documents.add(writer.ofVisit(view, visit, 1).document()));
            Instant submission = startOf(view.dayOf(view.submittedAt()));
            for (Map.Entry<Cell, Tally> part : Contributions.of(view).entrySet()) {
                contributions.add(part);
                Slice.paths(part.getKey(), REFERENCE.hierarchy(submission)).stream()
                        .flatMap(List::stream)
                        .forEach(slice -> slices.computeIfAbsent(slice, key -> new ArrayList<>())
                                .add(part));
            }
        }
        for (Problem problem : problems(reports)) {
            documents.add(writer.ofProblem(problem, 1).document());
            Instant submission =
                    startOf(LocalDate.ofInstant(problem.citizen().from(), ZONE).toEpochDay());
            for (Map.Entry<Cell, Tally> part :
                    Contributions.of(problem, ZONE, startOf(TODAY)).entrySet()) {
                contributions.add(part);
                Slice.paths(part.getKey(), REFERENCE.hierarchy(submission)).stream()
                        .flatMap(List::stream)
                        .forEach(slice -> slices.computeIfAbsent(slice, key -> new ArrayList<>())
                                .add(part));
            }
        }
        Map<Cell, Tally> cells = new HashMap<>();
        contributions.forEach(part -> cells.merge(part.getKey(), part.getValue(), Tally::plus));
        cells.forEach(
                (cell, tally) -> documents.add(writer.ofCell(cell, tally, 1).document()));
        slices.forEach(
                (slice, parts) -> slice.windows().forEach(window -> rows(slice, window, parts, writer, documents)));
        Map<String, String> contents = new TreeMap<>();
        documents.forEach(document -> contents.put(document.kind() + " " + document.id(), Json.content(document)));
        return contents;
    }

    private static List<Problem> problems(List<Report> reports) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Report> own = new TreeMap<>();
        reports.forEach(report -> own.put(report.caseId(), report));
        List<Report> merged = reports.stream().filter(Report::isMerged).toList();
        Merges merges = Merges.of(merged);
        Map<String, List<Report>> byRoot = new TreeMap<>();
        merged.forEach(report -> byRoot.computeIfAbsent(merges.rootOf(report.caseId()), id -> new ArrayList<>())
                .add(report));
        TreeSet<String> ids = new TreeSet<>(own.keySet());
        ids.addAll(byRoot.keySet());
        for (String id : ids) {
            Problem problem = Problem.of(id, own.get(id), byRoot.getOrDefault(id, List.of()));
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static void rows(
            Slice slice,
            Window window,
            List<Map.Entry<Cell, Tally>> parts,
            DocumentWriter writer,
            List<Document> documents) {
        TreeSet<Long> starts = new TreeSet<>();
        TreeSet<Long> eventless = new TreeSet<>();
        long today = TODAY;
        if (window.isRolling()) {
            starts.add(window.startBefore(today));
            eventless.addAll(starts);
        } else {
            parts.forEach(part -> starts.add(window.startOf(part.getKey().day())));
            for (long start = starts.first(); !slice.isCut() && start <= today; start = window.endOf(start)) {
                if ((window != Window.DAY || start >= today - 1) && starts.add(start)) {
                    eventless.add(start);
                }
            }
        }
        for (long start : starts) {
            Snapshot snapshot = new Snapshot();
            long end = window.endOf(start);
            for (Map.Entry<Cell, Tally> part : parts) {
                long day = part.getKey().day();
                if (day >= start && day < end) {
                    snapshot.add(part.getValue(), Day.of(day, ZONE), startOf(today));
                }
            }
            Responsiveness figures = slice.counterpart() == null
                    ? Responsiveness.of(
                            snapshot,
                            stock(parts, start),
                            stock(parts, Math.min(end, today)),
                            stock(parts, end).flows())
                    : Responsiveness.ofPair(snapshot);
            boolean stock = List.of("open", "overdue", "without_target", "stale").stream()
                            .mapToLong(figures::count)
                            .sum()
                    > 0;
            if (!eventless.contains(start) || !snapshot.isZero() || (!slice.isCut() && stock)) {
                documents.add(writer.ofRow(slice, window, start, figures, REFERENCE, null, AS_OF, startOf(today), 1)
                        .document());
            }
        }
    }

    private static Stock stock(List<Map.Entry<Cell, Tally>> parts, long day) {
        Tally flows = Tally.ZERO;
        for (Map.Entry<Cell, Tally> part : parts) {
            if (part.getKey().day() < day) {
                flows = flows.plus(part.getValue().flows());
            }
        }
        return new Stock(flows, Day.of(day, ZONE));
    }

    @Test
    void everythingIsThereToBeCompared() {
        Map<Kind, Integer> kinds = new TreeMap<>();
        expected().keySet().forEach(id -> kinds.merge(Kind.valueOf(id.split(" ", 2)[0]), 1, Integer::sum));
        assertThat(kinds)
                .containsOnlyKeys(Kind.CASE, Kind.VISIT, Kind.PROBLEM, Kind.CELL, Kind.RESPONSIVENESS, Kind.PAIR);
        assertThat(kinds).containsEntry(Kind.CASE, CASES + 3);
        assertThat(kinds.get(Kind.PROBLEM)).isBetween(CASES / 2, CASES - 10);
        assertThat(expected().values())
                .anyMatch(content -> content.contains("MERGE_CIRCLE"))
                .anyMatch(content -> content.contains("ROOT_UNSEEN"));
        assertThat(kinds.get(Kind.RESPONSIVENESS)).isGreaterThan(1_000);
    }
}
