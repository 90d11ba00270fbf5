package io.tanggap.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.RandomHistories;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.explain.Reckoning.Kind;
import io.tanggap.core.explain.Reckoning.Row;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.core.reference.WorkingTime.Stretch;
import io.tanggap.core.sla.Charges;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an explanation says is what the fold found, of any history and any reference. */
class ExplanationPropertyTest {
    private static final LocalDate FIRST = LocalDate.ofInstant(Story.START, ZoneId.of("Asia/Jakarta"));

    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    private Reference reference(ZoneId zone) {
        List<ReferencePack> packs = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Office office = Office.pack("pack-" + i, FIRST.plusDays(random.nextInt(25)) + "T00:00")
                    .zone(zone)
                    .hours(Office.week(
                            480 + random.nextInt(60), 720, 720 + random.nextInt(60), 900 + random.nextInt(200)));
            for (int day = random.nextInt(6); day > 0; day--) {
                office.holiday(new Holiday(
                        FIRST.plusDays(random.nextInt(30)),
                        "holiday " + day,
                        random.nextBoolean() ? null : new Span(500, 800),
                        random.nextBoolean() ? null : FIRST.plusDays(random.nextInt(20) - 5)));
            }
            for (Target target : Target.values()) {
                switch (random.nextInt(4)) {
                    case 0 -> office.days(target, 1 + random.nextInt(10));
                    case 1 -> office.hours(target, random.nextInt(60));
                    case 2 -> office.policy(target, Duration.ofHours(random.nextInt(200)), false, null);
                    default -> {}
                }
            }
            if (random.nextBoolean()) {
                office.pause("CITIZEN_INFO", Duration.ofHours(1 + random.nextInt(100)))
                        .pause("UNSTATED", Duration.ofHours(1 + random.nextInt(100)));
            }
            if (random.nextBoolean()) {
                office.task("roads", null, histories.pick(List.of("A", "B")))
                        .task(null, "north", histories.pick(List.of("B", "C")));
            }
            packs.add(office.build());
        }
        return Reference.of(packs);
    }

    @Test
    void theRowsOfEveryClockAddUpToWhatItWasJudgedBy() {
        int accounts = 0;
        int stops = 0;
        int folded = 0;
        for (int i = 0; i < 1_500; i++) {
            ZoneId zone = histories.zone();
            Reference reference = reference(zone);
            CaseHistory history = CaseHistory.of(histories.any("case-" + i));
            Instant asOf = Story.START.plus(Duration.ofHours(random.nextInt(1200)));
            Optional<Explanation> explained = Explanation.of(history, reference, asOf);
            CaseView view = CaseFold.fold(history, reference, asOf).view();
            assertThat(explained.isPresent()).as("case-%d", i).isEqualTo(view != null);
            if (view == null) {
                continue;
            }
            Explanation explanation = explained.orElseThrow();
            assertThat(explanation.reasons().view()).as("case-%d", i).isEqualTo(view);
            assertThat(explanation.clocks().stream().map(Reckoning::clock))
                    .as("case-%d", i)
                    .containsExactlyInAnyOrderElementsOf(clocks(view));
            for (Reckoning reckoning : explanation.clocks()) {
                String name = "case-" + i + " " + reckoning.clock();
                check(reckoning, zone, asOf, name);
                Duration budget = Pencil.sumUntil(Kind.DEADLINE, reckoning.rows());
                if (budget != null) {
                    assertThat(budget).as(name).isEqualTo(reckoning.clock().budget());
                    accounts++;
                }
                Duration used = Pencil.sumUntil(Kind.STOPPED, reckoning.rows());
                if (used != null) {
                    assertThat(used).as(name).isEqualTo(reckoning.clock().used());
                    stops++;
                }
                folded += (int) reckoning.rows().stream()
                        .filter(row -> row.counted().size() > 12)
                        .count();
            }
            List<Charges.Step> steps = explanation.reasons().charges();
            assertThat(steps.get(steps.size() - 1).charged())
                    .as("case-%d, who answers in the end", i)
                    .isEqualTo(view.charged());
        }
        System.out.println(accounts + " deadlines, " + stops + " stops, " + folded + " folded runs checked");
        assertThat(accounts).isGreaterThan(2_000);
        assertThat(stops).isGreaterThan(1_000);
        assertThat(folded).isGreaterThan(50);
    }

    private static List<Clock> clocks(CaseView view) {
        List<Clock> clocks = new ArrayList<>(view.clocks());
        view.cycles().stream().map(Cycle::resolution).forEach(clocks::add);
        return clocks;
    }

    /** The rows follow each other without a gap that counts, and every sum is what a wall calendar says. */
    private static void check(Reckoning reckoning, ZoneId zone, Instant asOf, String name) {
        LocalDate known = LocalDate.ofInstant(reckoning.judgement().known(), zone);
        Instant reached = reckoning.clock().startedAt();
        for (Row row : reckoning.rows()) {
            assertThat(row.from()).as("%s: %s", name, row).isAfterOrEqualTo(reached);
            Instant to = row.to() == null ? asOf : row.to();
            for (Stretch stretch : row.counted()) {
                assertThat(stretch.from()).as("%s: %s", name, row).isAfterOrEqualTo(reached);
                assertThat(stretch.to()).as("%s: %s", name, row).isBeforeOrEqualTo(to);
                reached = stretch.to();
            }
            reached = to.isBefore(reached) ? reached : to;
            assertThat(row.sum())
                    .as("%s: %s", name, row)
                    .isEqualTo(Pencil.counted(
                            reckoning.calendar(),
                            zone,
                            known,
                            reckoning.clock().pauses(),
                            reckoning.clock().startedAt(),
                            to));
        }
    }
}
