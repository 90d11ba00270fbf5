package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.RandomHistories;
import io.tanggap.core.References;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Stop;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.sla.Verdict;
import io.tanggap.core.statistics.Survival;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContributionsTest {
    private static final Instant LATE = Story.START.plus(Duration.ofDays(400));

    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    @Test
    void aCaseContributesToItsPlaceAndToItsHolders() {
        CaseView view = Story.submitted(0, null, 60L)
                .assigned(10, "A")
                .assigned(20, "B")
                .closed(100, Outcome.FIXED)
                .seenAt(101);

        Map<Cell, Tally> cells = Contributions.of(view);
        long day = view.dayOf(Story.START);
        assertThat(cells.keySet())
                .containsExactlyInAnyOrder(
                        new Cell(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.CRM, "intake.qlue", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.CRM, "A", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.CRM, "B", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.ORIGIN, "A", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.SHARE, "intake.qlue", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.SHARE, "A", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.SHARE, "B", "qlue", "roads", day),
                        new Cell(Role.HOLDER, Rule.CRM, "A", "qlue", "roads", day, "B"),
                        Cell.ofChannel("qlue", day));
        Tally place = cells.get(new Cell(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", "roads", day));
        for (Count once : List.of(
                Count.RECEIVED,
                Count.COHORT_MISSED_LATE,
                Count.DUE_MISSED_LATE,
                Count.OPEN_ENTERED,
                Count.OPEN_LEFT,
                Count.OVERDUE_ENTERED,
                Count.OVERDUE_LEFT,
                Count.HANDOVERS_OUT,
                Count.HOPS,
                Count.HOPPED,
                Count.CLAIMED)) {
            assertThat(place.get(once)).as("%s", once).isEqualTo(1);
        }
        assertThat(place.get(Count.CLOSED, Outcome.FIXED.code())).isEqualTo(1);
        assertThat(place.get(Count.CLOSED_AGE, 1)).isEqualTo(1);
        assertThat(place.get(Count.TIME_SECONDS, Count.Time.OPEN.code())).isEqualTo(100 * 60);
        assertThat(place.get(Count.TIME_RUNNING, Count.Time.OPEN.code())).isZero();
        assertThat(place.sum(Count.BACKLOG)).as("came and went on one day").isZero();

        Tally giver = cells.get(new Cell(Role.HOLDER, Rule.CRM, "A", "qlue", "roads", day));
        assertThat(giver.get(Count.HANDOVERS_OUT)).isEqualTo(1);
        assertThat(giver.get(Count.TIME_SECONDS, Count.Time.OPEN.code())).isEqualTo(10 * 60);
        assertThat(giver.get(Count.RECEIVED)).isZero();
        Tally pair = cells.get(new Cell(Role.HOLDER, Rule.CRM, "A", "qlue", "roads", day, "B"));
        assertThat(pair.get(Count.PAIR_HOPS)).isEqualTo(1);
    }

    @Test
    void aCaseWithoutPlaceOrCategoryIsCountedInRowsOfTheirOwn() {
        CaseView view = new Story("1").worked(0, "A").seenAt(1);

        assertThat(Contributions.of(view).keySet())
                .extracting(Cell::unit, Cell::category)
                .contains(tuple(Cell.UNLOCATED, Cell.UNCATEGORISED));
    }

    @Test
    void aKeptTargetCountsForItsDeadlineDayOnlyWhenTheDeadlineIsPast() {
        Story story = Story.submitted(0, "A", 60L).closed(10, Outcome.FIXED);

        assertThat(sum(List.of(story.seenAt(60)), Role.TERRITORY, cell -> true).get(Count.DUE_MET))
                .isZero();
        CaseView past = story.seenAt(Story.at(60).plusMillis(1), References.WITHOUT_POLICY);
        assertThat(sum(List.of(past), Role.TERRITORY, cell -> true).get(Count.DUE_MET))
                .isEqualTo(1);
    }

    @Test
    void aClosingMovesFromOpenToEndedAtTheNextLocalMidnight() {
        Story story = Story.submitted(0, "A", null).closed(10, Outcome.FIXED);
        Instant midnight = Instant.parse("2024-03-04T17:00:00Z");
        Tally before = sum(
                List.of(story.seenAt(midnight.minusMillis(1), References.WITHOUT_POLICY)),
                Role.TERRITORY,
                cell -> true);
        Tally after = sum(List.of(story.seenAt(midnight, References.WITHOUT_POLICY)), Role.TERRITORY, cell -> true);

        assertThat(before.get(Count.OPEN_SLOT, 15)).isEqualTo(1);
        assertThat(before.sum(Count.FIRST_END)).isZero();
        assertThat(after.sum(Count.OPEN_SLOT)).isZero();
        assertThat(after.get(Count.FIRST_END, Outcome.FIXED.code() * AgeBins.COUNT))
                .isEqualTo(1);
        assertThat(story.folded(midnight.minusMillis(1), References.WITHOUT_POLICY)
                        .agesAt())
                .isEqualTo(midnight);
    }

    @Test
    void resolutionIsReachedAtTheClaimAndTheCloseAtTheClosing() {
        CaseView view = Story.submitted(0, "A", null)
                .claimed(30, "A")
                .closed(150, Outcome.FIXED)
                .seenAt(Instant.parse("2024-03-04T17:00:00Z"), References.WITHOUT_POLICY);
        Tally tally = sum(List.of(view), Role.TERRITORY, cell -> true);

        assertThat(tally.get(Count.FIRST_STOP, Outcome.FIXED.code() * AgeBins.COUNT))
                .isEqualTo(1);
        assertThat(tally.get(Count.FIRST_END, Outcome.FIXED.code() * AgeBins.COUNT + 2))
                .isEqualTo(1);
    }

    @Test
    void evidenceIsCountedOnTheDayOfTheClaimForThePlaceAndTheClaimant() {
        CaseView view = Story.submitted(0, "A", null)
                .and(2 * 1440, "A", new ResolutionClaimed(List.of("photo", "sketch", "photo")))
                .seenAt(3 * 1440);
        Exhibit exhibit = Exhibit.of(view).get(0);
        Exhibit other = new Exhibit(
                "photo", "qlue:0", "qlue", null, null, Story.START, List.of(new HandedIn(Story.at(1440), "B")));
        long day = view.dayOf(Story.at(2 * 1440));
        List<Cell> cells = List.of(
                new Cell(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", "roads", day),
                new Cell(Role.HOLDER, Rule.CRM, "A", "qlue", "roads", day));
        for (Cell cell : cells) {
            Tally tally = Contributions.of(view).get(cell);
            assertThat(tally.get(Count.CLAIM_WITH_EVIDENCE)).isEqualTo(1);
            assertThat(tally.get(Count.EVIDENCE)).isEqualTo(2);
            assertThat(tally.get(Count.EVIDENCE_REUSED))
                    .as("no case knows that")
                    .isZero();
        }

        Tally reused = new Tally.Builder().add(Count.EVIDENCE_REUSED, 1).build();
        assertThat(Contributions.of(exhibit, Earliest.of(List.of(exhibit, other)), view.zone()))
                .isEqualTo(Map.of(cells.get(0), reused, cells.get(1), reused));
        assertThat(Contributions.of(other, Earliest.of(List.of(exhibit, other)), view.zone()))
                .as("the first use")
                .isEmpty();
    }

    @Test
    void theDifferenceTurnsWhatWasContributedIntoWhatIs() {
        for (int i = 0; i < 500; i++) {
            Reference reference = histories.reference(true);
            Map<Cell, Tally> before = contributed(histories.any("x"), reference, someTime());
            Map<Cell, Tally> after = contributed(histories.any("x"), reference, someTime());

            Map<Cell, Tally> sum = new HashMap<>(before);
            Contributions.difference(before, after).forEach((cell, tally) -> sum.merge(cell, tally, Tally::plus));
            sum.values().removeIf(Tally::isZero);
            assertThat(sum).isEqualTo(after);
            assertThat(Contributions.difference(after, after)).isEmpty();
        }
    }

    @Test
    void everyCaseIsReceivedOnceAndTheSplitAddsUp() {
        for (int round = 0; round < 12; round++) {
            List<CaseView> views = views(round, true, someTime());
            List<Problem> problems = problems(views);
            for (Role role : Told.ROLES) {
                Tally all = sum(views, role, cell -> true);
                assertThat(all.get(Count.RECEIVED)).isEqualTo(views.size());
                assertThat(all.get(Count.COHORT_MET)
                                + all.get(Count.COHORT_MISSED_LATE)
                                + all.get(Count.COHORT_MISSED_OPEN)
                                + all.get(Count.COHORT_RUNNING)
                                + all.get(Count.COHORT_PAUSED)
                                + all.get(Count.COHORT_UNDECIDABLE)
                                + all.get(Count.COHORT_NOT_APPLICABLE))
                        .isEqualTo(views.size());
                assertThat(all.sum(Count.OPEN_SLOT) + all.sum(Count.FIRST_END))
                        .isEqualTo(problems.stream()
                                .filter(ContributionsTest::isTimed)
                                .filter(problem ->
                                        wasAtRisk(problem, views.get(0).curvesAsOf()))
                                .count());
                assertThat(all.get(Count.PROBLEM_REPORTS)).isEqualTo(problems.size());
                assertThat(all.get(Count.PROBLEMS))
                        .isEqualTo(problems.stream()
                                .filter(problem -> problem.outcome() != Outcome.DUPLICATE)
                                .count());
                assertThat(all.sum(Count.CLOSED_AGE))
                        .isEqualTo(views.stream()
                                .flatMap(view -> view.cycles().stream())
                                .filter(cycle -> cycle.closedAt() != null && cycle.timed())
                                .count());
                assertThat(all.get(Count.DUE_MET)
                                + all.get(Count.DUE_MISSED_LATE)
                                + all.get(Count.DUE_MISSED_OPEN)
                                + all.get(Count.DUE_INHERITED)
                                + all.get(Count.DUE_UNDECIDABLE))
                        .isEqualTo(views.stream()
                                .flatMap(view -> view.cycles().stream()
                                        .filter(cycle -> cycle.deadline() != null
                                                && cycle.deadline().isBefore(view.asOf())))
                                .count());
            }
            Tally holders = sum(views, Role.HOLDER, cell -> true);
            assertThat(holders.get(Count.HANDOVERS_IN))
                    .isEqualTo(holders.get(Count.HANDOVERS_OUT))
                    .isEqualTo(sum(views, Role.TERRITORY, cell -> true).get(Count.HANDOVERS_OUT));
        }
    }

    @Test
    void forEveryHolderWhatEnteredLessWhatLeftIsWhatItHolds() {
        for (int round = 0; round < 12; round++) {
            List<CaseView> views = views(round, true, someTime());
            for (String unit : List.of("A", "B", "C", "UNKNOWN", "intake.qlue")) {
                Tally sum = sum(views, Role.HOLDER, cell -> cell.unit().equals(unit));
                stocks(sum, views, view -> view.holder().equals(unit), "holder " + unit);
            }
            stocks(sum(views, Role.HOLDER, cell -> true), views, view -> true, "all holders");
            stocks(sum(views, Role.TERRITORY, cell -> true), views, view -> true, "territory");
        }
    }

    @Test
    void stocksAtAMidnightOfALateFoldEqualThoseCountedAtTheTime() {
        for (int round = 0; round < 12; round++) {
            ZoneId zone = histories.zone();
            ReferencePack pack = References.pack(
                    "p", Instant.EPOCH, zone, References.within("t", Duration.ofHours(random.nextInt(200))));
            Reference reference = Reference.of(List.of(pack));
            List<List<CaseEvent>> cases = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                cases.add(histories.neverRewritten("case-" + i));
            }
            List<CaseView> late = seen(cases, reference, LATE);
            for (int day = 0; day < 40; day += 1 + random.nextInt(3)) {
                LocalDate date = LocalDate.ofInstant(Story.START, zone).plusDays(day);
                Instant midnight = date.atStartOfDay(zone).toInstant();
                List<CaseView> then = seen(cases, reference, midnight);
                Predicate<Cell> before = cell -> cell.day() < date.toEpochDay();
                stocks(sum(late, Role.TERRITORY, before), then, view -> true, "territory at " + midnight);
                for (String unit : List.of("A", "B", "C", "UNKNOWN", "intake.qlue")) {
                    stocks(
                            sum(late, Role.HOLDER, before.and(cell -> cell.unit()
                                    .equals(unit))),
                            then,
                            view -> view.holder().equals(unit),
                            "holder " + unit + " at " + midnight);
                }
            }
        }
    }

    @Test
    void curvesOfSummedTalliesEqualThoseOfTheExactAgesRoundedUpToBins() {
        for (int round = 0; round < 12; round++) {
            ZoneId zone = histories.zone();
            Reference reference = References.of(References.pack("p", Instant.EPOCH, zone));
            List<List<CaseEvent>> cases = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                cases.add(observedFromTheStart("case-" + i));
            }
            Instant midnight = LocalDate.ofInstant(Story.START, zone)
                    .plusDays(2 + random.nextInt(30))
                    .atStartOfDay(zone)
                    .toInstant();
            List<CaseView> views = seen(cases, reference, midnight);
            List<Problem> problems =
                    problems(views).stream().filter(ContributionsTest::isTimed).toList();
            for (Role role : Told.ROLES) {
                Snapshot snapshot = Told.snapshot(views, role, zone, midnight);
                assertThat(snapshot.open())
                        .isEqualTo(problems.stream()
                                .filter(problem -> problem.firstStop() == null)
                                .count());
                compare(snapshot.timeToClose(), problems, midnight, Problem::firstStop, Stop::closedAt, any -> true);
                compare(
                        snapshot.timeToResolution(),
                        problems,
                        midnight,
                        Problem::firstStop,
                        Stop::stoppedAt,
                        Outcome::isResolved);
                Instant then = midnight.minus(Stops.DURABLE);
                compare(
                        snapshot.timeToDurableResolution(),
                        problems.stream()
                                .filter(problem -> problem.citizen().from().isBefore(then))
                                .toList(),
                        then,
                        problem -> lasting(problem, then),
                        Stop::closedAt,
                        Outcome::isResolved);
            }
        }
    }

    @Test
    void daysOfTwentyThreeAndTwentyFiveHoursKeepExactAges() {
        ZoneId newYork = ZoneId.of("America/New_York");
        for (String day : List.of("2011-11-06", "2011-03-13")) {
            Instant start = LocalDate.parse(day).atStartOfDay(newYork).toInstant();
            Instant next =
                    LocalDate.parse(day).plusDays(1).atStartOfDay(newYork).toInstant();
            long hours = Duration.between(start, next).toHours();
            for (long slot = 0; slot < hours; slot++) {
                int age = AgeBins.ofMillis(Duration.ofHours(hours - slot).toMillis());
                assertThat(shareEnded(start, next, slot, age))
                        .as("%s, slot %d: still at risk in the bin of its age", day, slot)
                        .isEqualTo(.5);
                assertThat(shareEnded(start, next, slot, age + 1))
                        .as("%s, slot %d: no longer at risk in the bin after it", day, slot)
                        .isEqualTo(1);
            }
        }
    }

    /** One case open since a slot and one that ended in a bin: what share has ended by that bin. */
    private static double shareEnded(Instant dayStart, Instant asOf, long slot, int endBin) {
        return new Tally.Builder()
                .add(Count.OPEN_SLOT, (int) slot, 1)
                .add(Count.FIRST_END, endBin, 1)
                .build()
                .at(new Day(0, dayStart, asOf), asOf)
                .timeToClose()
                .incidence(endBin);
    }

    private Instant someTime() {
        return Story.START.plus(Duration.ofMinutes(14_400 + random.nextInt(60 * 24 * 60)));
    }

    private List<CaseView> views(int round, boolean any, Instant asOf) {
        List<List<CaseEvent>> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cases.add(any ? histories.any(round + "-" + i) : histories.neverRewritten(round + "-" + i));
        }
        return seen(cases, histories.reference(true), asOf);
    }

    /** No import of survivors: LateEntryTest has the curves of those. */
    private List<CaseEvent> observedFromTheStart(String number) {
        while (true) {
            List<CaseEvent> events = histories.any(number);
            if (events.stream()
                    .noneMatch(event ->
                            event.payload() instanceof Submitted submitted && submitted.observedFrom() != null)) {
                return events;
            }
        }
    }

    private static List<CaseView> seen(List<List<CaseEvent>> cases, Reference reference, Instant asOf) {
        List<CaseView> views = new ArrayList<>();
        for (List<CaseEvent> events : cases) {
            CaseView view = view(events, reference, asOf);
            if (view != null) {
                views.add(view);
            }
        }
        return views;
    }

    private static @Nullable CaseView view(List<CaseEvent> events, Reference reference, Instant asOf) {
        return CaseFold.fold(CaseHistory.of(events), reference, asOf).view();
    }

    private static Map<Cell, Tally> contributed(List<CaseEvent> events, Reference reference, Instant asOf) {
        CaseView view = view(events, reference, asOf);
        return view == null ? Map.of() : Contributions.of(view);
    }

    private static Tally sum(List<CaseView> views, Role role, Predicate<Cell> wanted) {
        return Told.sum(views, role, wanted);
    }

    private static List<Problem> problems(List<CaseView> views) {
        return views.stream().map(Told::problem).filter(Objects::nonNull).toList();
    }

    private static boolean isTimed(Problem problem) {
        return problem.firstStop() == null || problem.firstStop().timed();
    }

    /** Of what is known only because it was open later: whether it had an age bin after that by a midnight. */
    private static boolean wasAtRisk(Problem problem, Instant midnight) {
        if (problem.observedFrom() == null) {
            return true;
        }
        Stop first = problem.firstStop();
        Instant end = first != null && first.closedAt().isBefore(midnight) ? first.stoppedAt() : midnight;
        return bin(problem, end) > bin(problem, problem.observedFrom());
    }

    private static int bin(Problem problem, Instant at) {
        return AgeBins.ofMillis(Duration.between(problem.citizen().from(), at).toMillis());
    }

    /** The first closing by a time that nothing followed for fourteen days. */
    private static @Nullable Stop lasting(Problem problem, Instant then) {
        return problem.stops().stream()
                .takeWhile(stop -> !stop.closedAt().isAfter(then))
                .filter(stop -> stop.reopenedAt() == null
                        || Duration.between(stop.closedAt(), stop.reopenedAt()).compareTo(Duration.ofDays(14)) > 0)
                .findFirst()
                .orElse(null);
    }

    private static void stocks(Tally sum, List<CaseView> then, Predicate<CaseView> held, String of) {
        List<CaseView> open =
                then.stream().filter(CaseView::isOpen).filter(held).toList();
        assertThat(sum.get(Count.OPEN_ENTERED) - sum.get(Count.OPEN_LEFT))
                .as("open, %s", of)
                .isEqualTo(open.size());
        assertThat(sum.get(Count.OVERDUE_ENTERED) - sum.get(Count.OVERDUE_LEFT))
                .as("overdue, %s", of)
                .isEqualTo(count(open, view -> view.isOverdue()));
        assertThat(sum.get(Count.NO_TARGET_ENTERED) - sum.get(Count.NO_TARGET_LEFT))
                .as("without target, %s", of)
                .isEqualTo(count(open, view -> view.cycle().verdict() == Verdict.NOT_APPLICABLE));
        assertThat(sum.get(Count.STALE_ENTERED) - sum.get(Count.STALE_LEFT))
                .as("stale, %s", of)
                .isEqualTo(count(open, CaseView::isStale));
    }

    private static long count(List<CaseView> views, Predicate<CaseView> wanted) {
        return views.stream().filter(wanted).count();
    }

    /** Aalen and Johansen from a sorted list of ages in whole bins, written down a second time in another way. */
    private static void compare(
            Survival curve,
            List<Problem> problems,
            Instant asOf,
            Function<Problem, @Nullable Stop> stopOf,
            Function<Stop, Instant> endOf,
            Predicate<Outcome> wanted) {
        TreeMap<Integer, List<@Nullable Outcome>> ends = new TreeMap<>();
        for (Problem problem : problems) {
            Stop stop = stopOf.apply(problem);
            Instant end = stop == null ? asOf : endOf.apply(stop);
            int bin = AgeBins.ofMillis(
                    Duration.between(problem.citizen().from(), end).toMillis());
            ends.computeIfAbsent(bin, any -> new ArrayList<>()).add(stop == null ? null : stop.outcome());
        }
        double survival = 1;
        double incidence = 0;
        assertThat(curve.cases()).isEqualTo(problems.size());
        for (int bin = 0; bin < AgeBins.COUNT; bin++) {
            double atRisk = 0;
            for (List<@Nullable Outcome> later : ends.tailMap(bin).values()) {
                atRisk += later.size();
            }
            List<@Nullable Outcome> now = ends.getOrDefault(bin, List.of());
            long all = now.stream().filter(outcome -> outcome != null).count();
            long some = now.stream()
                    .filter(outcome -> outcome != null && wanted.test(outcome))
                    .count();
            if (all > 0) {
                incidence += survival * some / atRisk;
                survival *= (atRisk - all) / atRisk;
            }
            assertThat(curve.incidence(bin)).as("bin %d", bin).isCloseTo(incidence, within(1e-12));
        }
    }
}
