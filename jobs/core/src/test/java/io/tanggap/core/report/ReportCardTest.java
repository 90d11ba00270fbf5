package io.tanggap.core.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.PackDraft;
import io.tanggap.core.RandomHistories;
import io.tanggap.core.References;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.MergedInto;
import io.tanggap.core.complaint.Payload.Rated;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Measure;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Stock;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.problem.Merges;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.statistics.Change.Direction;
import io.tanggap.core.statistics.Funnel.Side;
import io.tanggap.core.statistics.Proportion;
import io.tanggap.core.statistics.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportCardTest {
    private static final LocalDate MARCH = LocalDate.parse("2024-03-01");
    private static final LocalDate APRIL = LocalDate.parse("2024-04-01");
    private static final LocalDate MAY = LocalDate.parse("2024-05-01");

    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    private static ReportCard card(Terms terms, List<ReferencePack> packs, List<List<CaseEvent>> cases) {
        Compilation compilation = new Compilation(terms, packs);
        cases.forEach(events -> compilation.add(CaseHistory.of(events)));
        return compilation.card();
    }

    /** Everything that a card says, for comparison. */
    private static String said(ReportCard card) {
        StringBuilder said = new StringBuilder(card.basis().toString());
        for (Answer answer : card.answers()) {
            Responsiveness figures = requireNonNull(card.figures(answer));
            said.append('\n').append(answer).append(figures.figures()).append(figures.states());
        }
        card.channels().forEach((channel, figures) -> said.append('\n')
                .append(channel)
                .append(figures.figures())
                .append(figures.states()));
        card.pairs().forEach((pair, edge) -> said.append('\n').append(pair).append(edge.figures()));
        for (Rule rule : Rule.values()) {
            for (String level : card.levels(rule).keySet()) {
                said.append('\n').append(card.league(level, rule)).append(card.sensitivity(level));
            }
        }
        return said.toString();
    }

    private List<List<CaseEvent>> anyCases(int round, int size) {
        List<List<CaseEvent>> cases = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<CaseEvent> events = new ArrayList<>(histories.any(round + "-" + i));
            if (random.nextInt(6) == 0) {
                CaseEvent last = events.get(events.size() - 1);
                events.add(CaseEvent.of(
                        "qlue",
                        round + "-" + i,
                        last.occurredAt().plusSeconds(60),
                        last.ingestedAt().plusSeconds(60),
                        null,
                        last.actor(),
                        null,
                        last.visibility(),
                        false,
                        last.timeNote(),
                        new MergedInto("qlue:" + round + "-" + random.nextInt(size))));
            }
            cases.add(events);
        }
        return cases;
    }

    private Terms anyTerms(ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(Story.START, zone);
        LocalDate from = first.plusDays(random.nextInt(20) - 3);
        return new Terms(
                from,
                from.plusDays(1 + random.nextInt(30)),
                from.atStartOfDay(zone).toInstant().plus(Duration.ofMinutes(1 + random.nextInt(60 * 1440))),
                null,
                random.nextInt(5) == 0 ? "qlue" : null,
                null);
    }

    private List<ReferencePack> anyPacks() {
        Reference reference = histories.reference(true);
        return reference.packsUntil(Instant.MAX);
    }

    /** The definition of rows, written down a second time: every cell in all its slices, every day by itself. */
    @Test
    void figuresAreThoseOfTheContributionsOfAllCasesAndProblems() {
        int compared = 0;
        long reused = 0;
        for (int round = 0; round < 12; round++) {
            List<ReferencePack> packs = anyPacks();
            Reference reference = Reference.of(packs);
            ZoneId zone = reference.zone();
            Terms terms = anyTerms(zone);
            List<List<CaseEvent>> cases = anyCases(round, 60);
            Map<Answer, TreeMap<Long, Tally>> days = byHand(cases, reference, terms.asOf());

            ReportCard card = card(terms, packs, cases);

            for (Map.Entry<Answer, TreeMap<Long, Tally>> expected : days.entrySet()) {
                Responsiveness figures = figures(expected.getValue(), terms, zone);
                Responsiveness actual = requireNonNull(card.figures(expected.getKey()));
                assertThat(actual.figures())
                        .as("%s of %s", expected.getKey(), terms)
                        .isEqualTo(figures.figures());
                assertThat(actual.states()).isEqualTo(figures.states());
                compared++;
                reused += actual.count("evidence_reused");
            }
        }
        assertThat(compared).isGreaterThan(150);
        assertThat(reused).isPositive();
    }

    private static Map<Answer, TreeMap<Long, Tally>> byHand(
            List<List<CaseEvent>> cases, Reference reference, Instant asOf) {
        ZoneId zone = reference.zone();
        Map<Answer, TreeMap<Long, Tally>> days = new TreeMap<>();
        Map<String, Report> reports = new TreeMap<>();
        Map<String, List<Exhibit>> evidence = new TreeMap<>();
        Instant midnight = LocalDate.ofInstant(asOf, zone).atStartOfDay(zone).toInstant();
        for (List<CaseEvent> events : cases) {
            CaseView view =
                    CaseFold.fold(CaseHistory.of(events), reference, asOf).view();
            if (view != null) {
                reports.put(view.caseId(), Report.of(view));
                Exhibit.of(view).forEach(exhibit -> evidence.computeIfAbsent(exhibit.digest(), any -> new ArrayList<>())
                        .add(exhibit));
                spread(Contributions.of(view), reference, view.submittedAt(), days);
            }
        }
        Merges merges =
                Merges.of(reports.values().stream().filter(Report::isMerged).toList());
        Set<String> roots = new TreeSet<>(reports.keySet());
        reports.keySet().forEach(caseId -> roots.add(merges.rootOf(caseId)));
        for (String root : roots) {
            Problem problem = Problem.of(
                    root,
                    reports.get(root),
                    reports.values().stream()
                            .filter(report -> report.isMerged()
                                    && merges.rootOf(report.caseId()).equals(root))
                            .toList());
            if (problem != null) {
                spread(
                        Contributions.of(problem, zone, midnight),
                        reference,
                        problem.citizen().from(),
                        days);
            }
        }
        for (List<Exhibit> exhibits : evidence.values()) {
            for (Exhibit exhibit : exhibits) {
                Map<Cell, Tally> reused = Contributions.of(exhibit, Earliest.of(exhibits), zone);
                spread(reused, reference, exhibit.submittedAt(), days);
            }
        }
        return days;
    }

    private static void spread(
            Map<Cell, Tally> contributions,
            Reference reference,
            Instant submittedAt,
            Map<Answer, TreeMap<Long, Tally>> days) {
        ZoneId zone = reference.zone();
        Hierarchy hierarchy = reference.hierarchy(
                LocalDate.ofInstant(submittedAt, zone).atStartOfDay(zone).toInstant());
        contributions.forEach((cell, tally) -> {
            for (Slice slice : Slice.paths(cell, hierarchy).get(0)) {
                if (cell.counterpart() == null && cell.role() != Role.CHANNEL) {
                    days.computeIfAbsent(new Answer(slice.role(), slice.rule(), slice.unit()), any -> new TreeMap<>())
                            .merge(cell.day(), tally, Tally::plus);
                }
            }
        });
    }

    private static Responsiveness figures(TreeMap<Long, Tally> days, Terms terms, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(terms.asOf(), zone);
        LocalDate end = terms.to().isBefore(today) ? terms.to() : today;
        Instant midnight = today.atStartOfDay(zone).toInstant();
        Snapshot period = new Snapshot();
        days.subMap(terms.from().toEpochDay(), terms.to().toEpochDay())
                .forEach((day, tally) -> period.add(tally, Day.of(day, zone), midnight));
        return Responsiveness.of(
                period,
                new Stock(flows(days, terms.from()), Day.of(terms.from().toEpochDay(), zone)),
                new Stock(flows(days, end), Day.of(end.toEpochDay(), zone)),
                flows(days, terms.to()));
    }

    private static Tally flows(TreeMap<Long, Tally> days, LocalDate before) {
        return days.headMap(before.toEpochDay()).values().stream()
                .map(Tally::flows)
                .reduce(Tally.ZERO, Tally::plus);
    }

    @Test
    void channelsAreToldByWhatTheirSourcesSayTheyHave() {
        ReportCard undeclared = card(marchOf(null, null), List.of(PLAIN), List.of(told()));
        assertThat(undeclared.isDeclared()).isFalse();
        assertThat(requireNonNull(undeclared.channels().get("qlue")).figures())
                .containsEntry("counts.events_received", 2L)
                .containsEntry("counts.undeclared_days", 1L);

        ReportCard declared = declared(marchOf(null, null));
        assertThat(declared.isDeclared()).isTrue();
        assertThat(requireNonNull(declared.channels().get("qlue")).share("coverage"))
                .isEqualTo(0.2);
        assertThat(requireNonNull(declared.channels().get("silent")).share("coverage"))
                .isZero();
        assertThat(requireNonNull(declared.channels().get(Cell.ALL_CHANNELS)).figures())
                .containsEntry("counts.events_declared", 13L)
                .containsEntry("counts.declared_days", 2L)
                .doesNotContainKey("counts.received");
        assertThat(declared.basis().knownAt())
                .as("a card is made again by what was declared")
                .isEqualTo(DECLARED_AT.plusSeconds(1));
        assertThat(declared(marchOf(DECLARED_AT, null)).channels().get("qlue"))
                .as("known then: the first declaration alone")
                .satisfies(qlue ->
                        assertThat(requireNonNull(qlue).share("coverage")).isEqualTo(0.1));
        assertThat(declared(marchOf(null, "silent")).channels()).containsOnlyKeys("silent", Cell.ALL_CHANNELS);
    }

    private static final Instant DECLARED_AT = Story.START.plus(Duration.ofDays(2));
    private static final ReferencePack PLAIN = References.pack("plain", Instant.EPOCH, References.JAKARTA);

    private static Terms marchOf(@Nullable Instant knownAt, @Nullable String channel) {
        return new Terms(MARCH, APRIL, Story.START.plus(Duration.ofDays(9)), knownAt, channel, null);
    }

    private static List<CaseEvent> told() {
        return Story.submitted(0, "A", null).worked(5, "A").events();
    }

    private static ReportCard declared(Terms terms) {
        Compilation compilation = new Compilation(terms, List.of(PLAIN));
        LocalDate day = LocalDate.ofInstant(Story.START, compilation.reference().zone());
        compilation.add(new ChannelDeclaration("qlue", day, 10, DECLARED_AT.plusSeconds(1)));
        compilation.add(new ChannelDeclaration("qlue", day, 20, DECLARED_AT));
        compilation.add(CaseHistory.of(told()));
        compilation.add(new ChannelDeclaration("silent", day, 3, DECLARED_AT));
        compilation.add(new ChannelDeclaration("qlue", day.minusMonths(1), 99, DECLARED_AT));
        return compilation.card();
    }

    @Test
    void whatCameLaterChangesNothing() {
        for (int round = 0; round < 12; round++) {
            List<ReferencePack> packs = anyPacks();
            Terms any = anyTerms(Reference.of(packs).zone());
            Instant knownAt = Story.START.plus(Duration.ofMinutes(random.nextInt(40 * 1440)));
            Terms terms = new Terms(any.from(), any.to(), any.asOf(), knownAt, any.channel(), null);
            List<List<CaseEvent>> cases = anyCases(round, 60);
            List<List<CaseEvent>> then = new ArrayList<>();
            for (List<CaseEvent> events : cases) {
                then.add(events.stream()
                        .filter(event -> event.occurredAt().isBefore(any.asOf())
                                && !event.ingestedAt().isAfter(knownAt))
                        .toList());
            }
            List<ReferencePack> known = packs.stream()
                    .filter(pack -> !pack.knownFrom().isAfter(knownAt))
                    .toList();

            ReportCard now = card(terms, packs, cases);

            assertThat(said(card(terms, known.isEmpty() ? packs.subList(0, 1) : known, then)))
                    .isEqualTo(said(now));
        }
    }

    @Test
    void aCardNamesTheTimeByWhichItIsMadeAgainInWhateverOrderTheCasesCome() {
        for (int round = 0; round < 6; round++) {
            List<ReferencePack> packs = anyPacks();
            Terms terms = anyTerms(Reference.of(packs).zone());
            List<List<CaseEvent>> cases = anyCases(round, 60);
            ReportCard card = card(terms, packs, cases);
            Instant knownAt = card.basis().knownAt();
            cases.replaceAll(histories::rearranged);
            Collections.shuffle(cases, random);
            Terms again =
                    new Terms(terms.from(), terms.to(), terms.asOf(), knownAt, terms.channel(), terms.categoryGroup());

            if (card.basis().cases() > 0) {
                assertThat(said(card(again, packs, cases)).replaceAll(", asOf=[^,]*", ""))
                        .isEqualTo(said(card).replaceAll(", asOf=[^,]*", ""));
            }
        }
    }

    /** Complaints with a deadline of two days, submitted at eight in the morning of a day of the month. */
    private static final class Month {
        private final List<List<CaseEvent>> cases = new ArrayList<>();

        Story submitted(LocalDate day, String place, String holder) {
            long minute = Duration.between(
                            Story.START,
                            day.atTime(8, 0).atZone(References.JAKARTA).toInstant())
                    .toMinutes();
            Story story = new Story("" + cases.size())
                    .and(minute, null, new Submitted("roads", place, holder, Story.at(minute + 2880)));
            return story;
        }

        static long minute(LocalDate day) {
            return Duration.between(
                            Story.START,
                            day.atTime(8, 0).atZone(References.JAKARTA).toInstant())
                    .toMinutes();
        }

        /** Cases of a unit, in the days of a month from the second on. */
        Month of(String holder, LocalDate month, int kept, int missed) {
            for (int i = 0; i < kept + missed; i++) {
                LocalDate day = month.plusDays(1 + i % 26);
                Story story = submitted(day, "kelurahan", holder);
                cases.add(story.closed(minute(day) + (i < kept ? 1440 : 4000), Outcome.FIXED)
                        .events());
            }
            return this;
        }

        ReportCard card(LocalDate from, LocalDate to) {
            return ReportCardTest.card(
                    new Terms(from, to, MAY.atStartOfDay(References.JAKARTA).toInstant(), null, null, null),
                    List.of(pack()),
                    cases);
        }
    }

    private static ReferencePack pack() {
        PackDraft draft = new PackDraft("march").unit("kelurahan", Kind.TERRITORY, "kelurahan", null);
        for (String unit : List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K")) {
            draft.unit(unit, Kind.AGENCY, "dinas", null);
        }
        return draft.pack();
    }

    private static Standing standing(League league, String unit) {
        return requireNonNull(league.standings().get(unit));
    }

    @Test
    void unitsAreRankedByTheShareThatIsBelievedAndTooFewVerdictsHaveNoRank() {
        ReportCard card = new Month()
                .of("A", MARCH, 60, 4)
                .of("B", MARCH, 40, 20)
                .of("C", MARCH, 20, 40)
                .of("D", MARCH, 29, 0)
                .card(MARCH, APRIL);

        League league = card.league("dinas", Rule.CRM);

        assertThat(league.standings().keySet()).containsExactly("A", "B", "C", "D");
        assertThat(standing(league, "A").rank()).isEqualTo(1);
        assertThat(standing(league, "A").counts()).isEqualTo(new Proportion(60, 64));
        assertThat(standing(league, "B").rank()).isEqualTo(2);
        assertThat(standing(league, "C").rank()).isEqualTo(3);
        assertThat(requireNonNull(standing(league, "C").place()).best()).isEqualTo(3);
        assertThat(standing(league, "D").rank()).isNull();
        assertThat(standing(league, "D").withheld()).isEqualTo(Reason.N_BELOW_30);
        assertThat(standing(league, "D").share()).isEqualTo(1);
        assertThat(league.bands()).hasSize(1);
        assertThat(league.bands().get(0).ranked()).isEqualTo(3);
        assertThat(card.league("dinas", Rule.CRM)).isEqualTo(league);
        assertThat(card.levels(Rule.CRM)).containsEntry("dinas", 4).containsEntry("city", 1);
        assertThat(card.name("A")).isNotEmpty();
    }

    @Test
    void ofReopenedCasesTheFirstCycleAloneIsRanked() {
        Month month = new Month().of("A", MARCH, 40, 0).of("B", MARCH, 30, 10);
        LocalDate day = MARCH.plusDays(3);
        Story again = month.submitted(day, "kelurahan", "A");
        month.cases.add(again.closed(Month.minute(day) + 60, Outcome.FIXED)
                .reopened(Month.minute(day) + 120)
                .observed(Month.minute(day) + 130, null, null, Month.minute(day) + 3000)
                .closed(Month.minute(day) + 9000, Outcome.FIXED)
                .events());
        ReportCard card = month.card(MARCH, APRIL);

        assertThat(requireNonNull(card.figures(Answer.under(Rule.CRM, "A"))).count("due_missed"))
                .as("the second cycle is late")
                .isEqualTo(1);
        assertThat(standing(card.league("dinas", Rule.CRM), "A").counts()).isEqualTo(new Proportion(41, 41));
    }

    @Test
    void partsOfVerdictsAreRankedPlainlyOfThirtyWholeOnes() {
        Month month = new Month().of("A", MARCH, 40, 0);
        for (int i = 0; i < 40; i++) {
            LocalDate day = MARCH.plusDays(1 + i % 26);
            month.cases.add(month.submitted(day, "kelurahan", "B")
                    .assigned(Month.minute(day) + 1440, "C")
                    .closed(Month.minute(day) + 4000, Outcome.FIXED)
                    .events());
        }
        ReportCard card = month.card(MARCH, APRIL);

        League league = card.league("dinas", Rule.SHARE);

        assertThat(standing(league, "A").rank()).isEqualTo(1);
        assertThat(standing(league, "A").place()).isNull();
        assertThat(standing(league, "B").verdicts()).isCloseTo(20, within(1e-9));
        assertThat(standing(league, "B").withheld())
                .as("half of forty verdicts is not thirty")
                .isEqualTo(Reason.N_BELOW_30);
        assertThat(standing(league, "C").share()).isEqualTo(0);
        assertThat(league.overdispersion()).isNull();
        assertThat(league.bands().get(0).prior()).isNull();
    }

    @Test
    void missesAreComparedWithThoseOfPeersAndTheWindowWithTheOneBefore() {
        LocalDate before = MARCH.minusDays(31);
        Month month = new Month()
                .of("A", before, 50, 10)
                .of("A", MARCH, 10, 50)
                .of("B", before, 45, 15)
                .of("B", MARCH, 47, 13)
                .of("C", MARCH, 45, 15);
        List.of("D", "E", "F", "G", "H", "I", "J", "K").forEach(unit -> month.of(unit, MARCH, 46, 14));
        League league = month.card(MARCH, APRIL).league("dinas", Rule.CRM);

        var funnel =
                requireNonNull(requireNonNull(standing(league, "A").funnel()).position());
        assertThat(funnel.side95()).isEqualTo(Side.ABOVE);
        assertThat(funnel.expected()).isCloseTo(60 * 140 / 600.0, within(1e-9));
        assertThat(funnel.ratio()).isCloseTo(50 / (60 * 140 / 600.0), within(1e-9));
        assertThat(league.overdispersion())
                .as("the outlier does not excuse itself")
                .isEqualTo(1);
        assertThat(requireNonNull(standing(league, "A").change()).direction()).isEqualTo(Direction.DOWN);
        assertThat(standing(league, "A").before()).isEqualTo(new Proportion(50, 60));
        assertThat(requireNonNull(standing(league, "B").change()).direction()).isEqualTo(Direction.UNCERTAIN);
        assertThat(requireNonNull(standing(league, "C").change()).reason()).isEqualTo(Reason.N_BELOW_30);
    }

    @Test
    void whoIsChargedByTheRuleMakesTheRank() {
        Month month = new Month().of("A", MARCH, 35, 5).of("B", MARCH, 38, 2).of("C", MARCH, 36, 4);
        for (int i = 0; i < 40; i++) {
            LocalDate day = MARCH.plusDays(1 + i % 26);
            // B gets it first and gives it to C at once, who is late: by CRM it is the miss of C, by ORIGIN that of B.
            month.cases.add(month.submitted(day, "kelurahan", "B")
                    .offered(Month.minute(day) + 10, "B", "C")
                    .accepted(Month.minute(day) + 20, "C")
                    .closed(Month.minute(day) + 4000, Outcome.FIXED)
                    .events());
        }
        Sensitivity sensitivity = month.card(MARCH, APRIL).sensitivity("dinas");

        assertThat(sensitivity.rules()).containsExactly(Rule.CRM, Rule.SHARE, Rule.ORIGIN);
        assertThat(sensitivity.ranks().get("B")).containsEntry(Rule.CRM, 1).containsEntry(Rule.ORIGIN, 3);
        assertThat(sensitivity.ranks().get("C")).containsEntry(Rule.CRM, 3).containsEntry(Rule.ORIGIN, 1);
        assertThat(sensitivity.differences().differences()).containsEntry("B", 2);
        assertThat(sensitivity.differences().most()).isEqualTo(2);
    }

    @Test
    void ratingsAreDrawnToThoseOfThePeers() {
        Month month = new Month();
        rated(month, "A", 1, 2, 1, 2, 1);
        rated(month, "B", 5, 4, 5, 5, 4, 5, 5, 4);
        rated(month, "C", 5);
        League league = month.card(MARCH, APRIL).league("dinas", Rule.CRM);

        assertThat(requireNonNull(standing(league, "C").rating()).shrunk())
                .isLessThan(5)
                .isGreaterThan(requireNonNull(league.peersRating()));
    }

    private static void rated(Month month, String holder, int... stars) {
        for (int i = 0; i < stars.length; i++) {
            LocalDate day = MARCH.plusDays(2 + i);
            month.cases.add(month.submitted(day, "kelurahan", holder)
                    .closed(Month.minute(day) + 100, Outcome.FIXED)
                    .and(Month.minute(day) + 200, null, new Rated(stars[i]))
                    .events());
        }
    }

    /** In whatever partitions they are. */
    @Test
    void casesThatWereMergedAreOneProblem() {
        Month month = new Month();
        month.cases.add(month.submitted(MARCH.plusDays(2), "kelurahan", "A").events());
        for (int i = 0; i < 3; i++) {
            LocalDate day = MARCH.plusDays(3 + i);
            month.cases.add(
                    0,
                    month.submitted(day, "kelurahan", "A")
                            .and(Month.minute(day) + 60, null, new MergedInto("qlue:" + (i == 2 ? "elsewhere" : "0")))
                            .events());
        }
        Responsiveness city = requireNonNull(month.card(MARCH, APRIL).figures(Answer.under(Rule.CROP, "city")));

        assertThat(city.count("received")).isEqualTo(4);
        assertThat(city.count("problems")).isEqualTo(2);
        assertThat(city.figures()).containsEntry("ratios.reports_per_problem", 2.0);
    }

    @Test
    void handOversAreEdgesFromUnitToUnit() {
        Month month = new Month();
        month.cases.add(month.submitted(MARCH.plusDays(2), "kelurahan", "A")
                .assigned(Month.minute(MARCH.plusDays(2)) + 90, "B")
                .events());
        ReportCard card = month.card(MARCH, APRIL);

        assertThat(requireNonNull(card.pairs().get(new ReportCard.Pair("A", "B")))
                        .figures())
                .containsEntry("counts.hops", 1L)
                .containsEntry("times.stay_before_hop_p50_hours", 2L);
        assertThat(new Month().of("A", MARCH, 3, 3).card(MARCH, APRIL).pairs()).isEmpty();
    }

    @Test
    void aCutIsOfOneChannelOrOneGroup() {
        Month month = new Month().of("A", MARCH, 4, 2);
        Terms all = new Terms(MARCH, APRIL, MAY.atStartOfDay(References.JAKARTA).toInstant(), null, null, null);
        for (Terms cut : List.of(
                new Terms(MARCH, APRIL, all.asOf(), null, "twitter", null),
                new Terms(MARCH, APRIL, all.asOf(), null, null, "streets"))) {
            ReportCard card = card(cut, List.of(pack()), month.cases);
            assertThat(card.answers()).isEmpty();
            assertThat(card.basis().cases()).as("the digest is of all").isEqualTo(6);
        }
        assertThat(card(new Terms(MARCH, APRIL, all.asOf(), null, "qlue", null), List.of(pack()), month.cases)
                        .answers())
                .isEqualTo(card(all, List.of(pack()), month.cases).answers());
    }

    @Test
    void whatCardsSayIsInTheCatalogue() {
        ReportCard card = new Month()
                .of("A", MARCH.minusDays(31), 50, 10)
                .of("A", MARCH, 60, 4)
                .of("B", MARCH, 40, 20)
                .of("C", MARCH, 2, 1)
                .card(MARCH, APRIL);
        Set<String> named = new TreeSet<>(Set.of("sensitivity.places"));
        Arrays.stream(Measure.values()).forEach(measure -> named.addAll(measure.fields()));
        Set<String> said = new TreeSet<>();
        for (Rule rule : Rule.values()) {
            card.league("dinas", rule).standings().values().forEach(standing -> {
                said.addAll(standing.figures().keySet());
                said.addAll(standing.states().keySet());
            });
        }
        card.pairs().values().forEach(edge -> said.addAll(edge.figures().keySet()));

        assertThat(said.stream().map(name -> name.replaceFirst("_(low|high)$", "")))
                .isSubsetOf(named);
        assertThat(said).hasSizeGreaterThan(25);
    }

    @Test
    void termsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> terms(APRIL, MARCH, null, null)).hasMessageContaining("has no day");
        assertThatThrownBy(() -> terms(MARCH, APRIL, "qlue", "streets")).hasMessageContaining("not of both");
        assertThatThrownBy(() -> new Compilation(terms(MAY, MAY.plusDays(1), null, null), List.of(pack())))
                .hasMessageContaining("has not begun at the as-of");
        assertThatThrownBy(() -> new Compilation(terms(MARCH, APRIL, null, null), List.of()))
                .hasMessageContaining("at least one pack");
    }

    private static Terms terms(LocalDate from, LocalDate to, @Nullable String channel, @Nullable String group) {
        return new Terms(from, to, MAY.atStartOfDay(References.JAKARTA).toInstant(), null, channel, group);
    }
}
