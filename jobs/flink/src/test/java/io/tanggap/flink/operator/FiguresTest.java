package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.alert.Alerts;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.MergedInto;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.ChannelDay;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Role;
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
import java.util.stream.Stream;
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

    private final List<ChannelDeclaration> declarations = declarations(seed, events);

    /**
     * Of most days of two channels, more or fewer events than they sent, some declared again; of every day of one that sends
     * nothing, of today, and of a day to come.
     */
    private static List<ChannelDeclaration> declarations(long seed, List<CaseEvent> events) {
        Random random = new Random(seed);
        List<String> channels = Stream.concat(
                        events.stream()
                                .map(CaseEvent::channel)
                                .distinct()
                                .sorted()
                                .limit(2),
                        Stream.of("silent"))
                .toList();
        List<ChannelDeclaration> declarations = new ArrayList<>();
        for (String channel : channels) {
            for (long day = FIRST.toEpochDay(); day <= TODAY; day++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    declarations.add(new ChannelDeclaration(
                            channel,
                            LocalDate.ofEpochDay(day),
                            random.nextInt(40),
                            startOf(day).plusSeconds(random.nextInt(3))));
                }
            }
        }
        declarations.add(new ChannelDeclaration("silent", LocalDate.ofEpochDay(TODAY + 9), 5, startOf(TODAY + 10)));
        return declarations;
    }

    private static List<CaseEvent> events(long seed) {
        List<CaseEvent> events = new ArrayList<>();
        CITY.generate(seed, CASES, SeededCity.DEFAULT_MONTH, events::add);
        Random random = new Random(seed);
        merge(events, random);
        handInEvidence(events, random);
        importLate(events, random);
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

    /** The city hands in no evidence: most claims of some, a few of it the same photographs again and again. */
    private static void handInEvidence(List<CaseEvent> events, Random random) {
        events.replaceAll(event -> {
            if (!(event.payload() instanceof ResolutionClaimed) || random.nextInt(5) == 0) {
                return event;
            }
            List<String> photos = random.ints(1 + random.nextInt(3), 0, 20)
                    .mapToObj(number -> "photo " + number)
                    .toList();
            return with(event, new ResolutionClaimed(photos));
        });
    }

    /** Some are known only because they were open at a time soon after, or are said to be. */
    private static void importLate(List<CaseEvent> events, Random random) {
        events.replaceAll(event -> {
            if (!(event.payload() instanceof Payload.Submitted said) || random.nextInt(3) > 0) {
                return event;
            }
            Instant observedFrom = event.occurredAt().plus(Duration.ofMinutes(random.nextInt(20_000)));
            return with(
                    event,
                    new Payload.Submitted(
                            said.category(), said.territory(), said.holder(), said.resolutionDeadline(), observedFrom));
        });
    }

    private static CaseEvent with(CaseEvent event, Payload payload) {
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                event.ingestedAt(),
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                payload);
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
            List<ChannelDeclaration> any = shuffled(declarations, seed + arrivals.size());
            for (ChannelDeclaration declaration : any.subList(0, any.size() / 2)) {
                pipeline.send(declaration);
            }
            for (CaseEvent event : arrivals) {
                pipeline.send(event);
            }
            for (ChannelDeclaration declaration : any) {
                pipeline.send(declaration);
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
            // What is to come in a live job cannot be declared.
            List<ChannelDeclaration> any = new ArrayList<>(shuffled(declarations, seed));
            any.removeIf(declaration -> !declaration.begunBefore(AS_OF));
            int declared = 0;
            for (int i = 0; i < steps; i++) {
                for (; declared < any.size() * (i + 1) / steps; declared++) {
                    pipeline.send(any.get(declared));
                    pipeline.send(any.get(declared / 2));
                }
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

    /**
     * Live has more: cells, rows and visits that were once there and came to nothing, all retracted, and alerts that were once
     * open.
     */
    private static void assertSame(Map<String, String> live, Map<String, String> expected) {
        expected.forEach((id, content) -> assertThat(live.get(id)).as(id).isEqualTo(content));
        live.forEach((id, content) -> {
            if (!expected.containsKey(id)) {
                assertThat(content).as(id).containsAnyOf("\"retracted\":true", "\"open\":false");
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
        Map<String, List<Exhibit>> evidence = new HashMap<>();
        for (List<CaseEvent> history : byCase.values()) {
            CaseView view = requireNonNull(
                    CaseFold.fold(CaseHistory.of(history), REFERENCE, AS_OF).view());
            documents.add(writer.ofCase(view, null, REFERENCE, 1).document());
            Alerts.after(Map.of(), view, REFERENCE, CaseHistory.of(history))
                    .news()
                    .forEach(alert -> documents.add(writer.ofAlert(alert, REFERENCE, 1)));
            reports.add(Report.of(view));
            view.visits()
                    .forEach(visit -> documents.add(
                            writer.ofVisit(view, visit, REFERENCE, 1).document()));
            Exhibit.of(view).forEach(exhibit -> evidence.computeIfAbsent(exhibit.digest(), any -> new ArrayList<>())
                    .add(exhibit));
            spread(Contributions.of(view), view.submittedAt(), contributions, slices);
        }
        for (List<Exhibit> exhibits : evidence.values()) {
            for (Exhibit exhibit : exhibits) {
                Map<Cell, Tally> reused = Contributions.of(exhibit, Earliest.of(exhibits), ZONE);
                spread(reused, exhibit.submittedAt(), contributions, slices);
            }
        }
        for (Problem problem : problems(reports)) {
            documents.add(writer.ofProblem(problem, 1).document());
            spread(
                    Contributions.of(problem, ZONE, startOf(TODAY)),
                    problem.citizen().from(),
                    contributions,
                    slices);
        }
        for (Map.Entry<Cell, Tally> part : declared(contributions).entrySet()) {
            contributions.add(part);
            for (String channel : List.of(part.getKey().unit(), Cell.ALL_CHANNELS)) {
                slices.computeIfAbsent(Slice.ofChannel(channel), key -> new ArrayList<>())
                        .add(part);
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

    private static void spread(
            Map<Cell, Tally> parts,
            Instant submittedAt,
            List<Map.Entry<Cell, Tally>> contributions,
            Map<Slice, List<Map.Entry<Cell, Tally>>> slices) {
        Instant submission = startOf(LocalDate.ofInstant(submittedAt, ZONE).toEpochDay());
        for (Map.Entry<Cell, Tally> part : parts.entrySet()) {
            contributions.add(part);
            Slice.paths(part.getKey(), REFERENCE.hierarchy(submission)).stream()
                    .flatMap(List::stream)
                    .forEach(slice -> slices.computeIfAbsent(slice, key -> new ArrayList<>())
                            .add(part));
        }
    }

    /** What was declared and received, day by day, where the day had begun at the as-of. */
    private Map<Cell, Tally> declared(List<Map.Entry<Cell, Tally>> contributions) {
        Map<Cell, ChannelDay> days = new HashMap<>();
        contributions.forEach(part -> {
            if (part.getKey().role() == Role.CHANNEL) {
                long received = part.getValue().get(Count.EVENTS_RECEIVED);
                days.merge(part.getKey(), new ChannelDay(received, null), (one, other) -> one.receiving(received));
            }
        });
        declarations.stream()
                .filter(declaration -> declaration.begunBefore(AS_OF))
                .forEach(declaration -> {
                    Cell cell = Cell.ofChannel(
                            declaration.channel(), declaration.day().toEpochDay());
                    days.merge(
                            cell,
                            ChannelDay.NOTHING.declaring(declaration),
                            (one, other) -> one.declaring(declaration));
                });
        Map<Cell, Tally> declared = new HashMap<>();
        days.forEach((cell, day) -> declared.put(cell, day.contribution()));
        return declared;
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
            if (slice.role() == Role.CHANNEL) {
                if (!snapshot.isZero()) {
                    documents.add(writer.ofRow(
                                    slice,
                                    window,
                                    start,
                                    Responsiveness.ofChannel(snapshot),
                                    REFERENCE,
                                    null,
                                    AS_OF,
                                    startOf(today),
                                    1)
                            .document());
                }
                continue;
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
                .containsOnlyKeys(
                        Kind.CASE, Kind.VISIT, Kind.ALERT, Kind.PROBLEM, Kind.CELL, Kind.RESPONSIVENESS, Kind.PAIR);
        assertThat(kinds).containsEntry(Kind.CASE, CASES + 3);
        assertThat(kinds.get(Kind.PROBLEM)).isBetween(CASES / 2, CASES - 10);
        assertThat(expected().values())
                .anyMatch(content -> content.contains("MERGE_CIRCLE"))
                .anyMatch(content -> content.contains("ROOT_UNSEEN"))
                .anyMatch(content -> content.contains("\"evidence_reused\""))
                .anyMatch(content -> content.contains("\"late_entries\""));
        assertThat(kinds.get(Kind.RESPONSIVENESS)).isGreaterThan(1_000);
    }
}
