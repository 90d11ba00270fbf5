package io.tanggap.core.explain;

import static io.tanggap.core.Story.at;
import static io.tanggap.core.Story.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.RandomHistories;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.explain.Comparison.Difference;
import io.tanggap.core.explain.Comparison.Example;
import io.tanggap.core.explain.Comparison.Figures;
import io.tanggap.core.explain.Comparison.Row;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Told;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Instant AS_OF = Story.START.plus(Duration.ofDays(40));

    private static Reference within(String id, int hours) {
        return Reference.of(List.of(Office.pack(id)
                .policy(Target.RESOLUTION, Duration.ofHours(hours), false, null)
                .build()));
    }

    private static Comparison compared(
            Reference before, Reference after, @Nullable Attribution rule, List<CaseHistory> cases) {
        Comparison comparison = new Comparison(before, after, rule, AS_OF, null, null, 2);
        cases.forEach(comparison::add);
        return comparison;
    }

    private static List<CaseHistory> randomCases(int count) {
        RandomHistories histories = new RandomHistories(Seed.random(new ComparisonTest()));
        List<CaseHistory> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(CaseHistory.of(histories.any("case-" + i)));
        }
        return cases;
    }

    /** Of a fold by itself, by the cells that figures are summed from. */
    private static Map<String, Figures> summed(List<CaseHistory> cases, Reference reference, Role role) {
        Map<String, Figures> units = new HashMap<>();
        for (CaseHistory history : cases) {
            CaseView view = CaseFold.fold(history, reference, AS_OF).view();
            if (view == null) {
                continue;
            }
            Contributions.of(view).forEach((cell, tally) -> {
                if (Told.isOnce(cell, role)) {
                    Figures own = new Figures(
                            Share.WHOLE * tally.get(Count.DUE_MET),
                            Share.WHOLE * (tally.get(Count.DUE_MISSED_LATE) + tally.get(Count.DUE_MISSED_OPEN)),
                            Share.WHOLE * tally.get(Count.DUE_INHERITED),
                            Share.WHOLE * tally.get(Count.DUE_UNDECIDABLE));
                    units.merge(cell.unit(), own, Figures::plus);
                }
            });
        }
        units.values().removeIf(Figures.ZERO::equals);
        return units;
    }

    @Test
    void bothSidesAreTheFiguresOfSeparateFolds() {
        List<CaseHistory> cases = randomCases(400);
        Reference before = within("long", 150);
        Reference after = within("short", 40);
        for (Attribution rule : List.of(Attribution.CRM, Attribution.CROP)) {
            Role role = rule == Attribution.CRM ? Role.HOLDER : Role.TERRITORY;
            Comparison comparison = compared(before, after, rule, cases);
            Map<String, Figures> sumsBefore = summed(cases, before, role);
            Map<String, Figures> sumsAfter = summed(cases, after, role);
            for (Row row : comparison.units()) {
                assertThat(row.before())
                        .as("%s of %s before", rule, row.unit())
                        .isEqualTo(sumsBefore.getOrDefault(row.unit(), Figures.ZERO));
                assertThat(row.after())
                        .as("%s of %s after", rule, row.unit())
                        .isEqualTo(sumsAfter.getOrDefault(row.unit(), Figures.ZERO));
            }
            assertThat(comparison.total().before())
                    .isEqualTo(sumsBefore.values().stream().reduce(Figures.ZERO, Figures::plus));
            assertThat(comparison.total().after())
                    .isEqualTo(sumsAfter.values().stream().reduce(Figures.ZERO, Figures::plus));
            assertThat(comparison.total().after().missed())
                    .as("a shorter time is missed more often")
                    .isGreaterThan(comparison.total().before().missed());
        }
    }

    @Test
    void underEveryRuleEachVerdictIsBookedOnce() {
        List<CaseHistory> cases = randomCases(300);
        Reference before = within("long", 150);
        Figures all = compared(before, before, Attribution.CROP, cases).total().before();
        for (Attribution rule : Attribution.values()) {
            Comparison comparison = compared(before, within("short", 40), rule, cases);
            Figures total = comparison.total().before();
            assertThat(total.met()).as("%s", rule).isEqualTo(all.met());
            assertThat(total.missed() + total.inherited()).as("%s", rule).isEqualTo(all.missed());
            assertThat(total.inherited() == 0 || rule == Attribution.CRM)
                    .as("%s", rule)
                    .isTrue();
        }
        Comparison nothing = compared(before, within("same", 150), null, cases);
        assertThat(nothing.changedCases()).isZero();
        assertThat(nothing.units()).isEmpty();
        assertThat(nothing.changes()).isEmpty();
        assertThat(nothing.cases())
                .isEqualTo(cases.stream()
                        .filter(history -> CaseFold.fold(history, before, AS_OF).view() != null)
                        .count())
                .isGreaterThan(290);
    }

    @Test
    void theOrderInWhichCasesComeChangesNothing() {
        List<CaseHistory> cases = randomCases(200);
        List<CaseHistory> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, new Random(1));
        Comparison one = compared(within("long", 150), within("short", 40), null, cases);
        Comparison other = compared(within("long", 150), within("short", 40), null, shuffled);
        assertThat(other.units()).isEqualTo(one.units());
        assertThat(other.changes()).isEqualTo(one.changes());
    }

    @Test
    void verdictsPartiesAndDaysAreToldApart() {
        Reference hours = within("hours", 4);
        Reference days = within("days", 24 * 45);
        CaseHistory kept = submitted(0, "A", null).claimed(60, "A").history();
        CaseHistory missed = submitted(0, "A", null).claimed(600, "A").history();

        Comparison comparison = compared(hours, days, null, List.of(missed));
        assertThat(comparison.changes()).singleElement().satisfies(changes -> {
            assertThat(changes.kind())
                    .isEqualTo(new Comparison.Kind(Difference.VERDICT, Verdict.MISSED_LATE, Verdict.MET));
            Example example = changes.examples().get(0);
            assertThat(example.before().deadline()).isEqualTo(at(240));
            assertThat(example.partiesAfter()).containsExactly(new Share("A", Share.WHOLE));
        });
        assertThat(comparison.changedCases()).isEqualTo(1);
        assertThat(comparison.total().after()).as("not due by the as-of").isEqualTo(Figures.ZERO);

        Comparison notDue = compared(hours, days, null, List.of(kept));
        assertThat(notDue.changes().get(0).kind().difference()).isEqualTo(Difference.DUE);
        assertThat(notDue.changedCases()).as("nobody is judged otherwise").isZero();
        assertThat(notDue.units()).hasSize(1);
        assertThat(notDue.movedDeadlines()).isEqualTo(1);

        Reference crop = Reference.of(List.of(Office.pack("crop")
                .policy(Target.RESOLUTION, Duration.ofHours(4), false, null)
                .attribution(Attribution.CROP)
                .build()));
        Comparison party = compared(hours, crop, null, List.of(kept));
        assertThat(party.changes().get(0).kind().difference()).isEqualTo(Difference.PARTY);
        assertThat(party.units().stream().map(Row::unit)).containsExactly("A", "kelurahan");
        assertThat(party.units().stream().map(Row::changedCases)).containsExactly(1L, 1L);
        assertThat(compared(hours, crop, Attribution.CRM, List.of(kept)).changedCases())
                .as("the same rule on both sides")
                .isZero();
    }

    @Test
    void onlyCasesOfThePeriodAreCompared() {
        List<CaseEvent> early = submitted(0, "A", null).events();
        List<CaseEvent> late =
                new Story("2").and(1_000, null, early.get(0).payload()).events();
        for (var period : List.of(List.of(at(0), at(1_000)), List.of(at(1), at(1_001)))) {
            Comparison comparison =
                    new Comparison(within("a", 1), within("b", 2), null, AS_OF, period.get(0), period.get(1), 0);
            comparison.add(CaseHistory.of(early));
            comparison.add(CaseHistory.of(late));
            assertThat(comparison.cases()).isEqualTo(1);
        }
        Comparison unseen = new Comparison(within("a", 1), within("b", 2), null, at(0), null, null, 0);
        unseen.add(CaseHistory.of(early));
        assertThat(unseen.cases()).as("not before the as-of").isZero();
    }
}
