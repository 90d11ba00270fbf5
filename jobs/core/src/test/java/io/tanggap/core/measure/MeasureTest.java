package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.RandomHistories;
import io.tanggap.core.References;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    private static Set<String> named() {
        Set<String> fields = new TreeSet<>();
        for (Measure measure : Measure.values()) {
            fields.addAll(measure.fields());
        }
        return fields;
    }

    @Test
    void everyFieldIsOfOneMeasure() {
        List<String> all = Arrays.stream(Measure.values())
                .flatMap(measure -> measure.fields().stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Measure.values()).map(Measure::id)).doesNotHaveDuplicates();
    }

    @Test
    void whatRowsSayIsInTheCatalogue() {
        Set<String> named = named();
        Set<String> said = new TreeSet<>();
        for (int round = 0; round < 30; round++) {
            Responsiveness figures = ofRandomCases(round);
            figures.figures().keySet().stream()
                    .map(name -> name.replaceFirst("_(low|high)$", ""))
                    .forEach(said::add);
            figures.states().keySet().forEach(time -> said.add("times." + time));
        }
        assertThat(said).isSubsetOf(named);
        assertThat(said).as("most of the catalogue is met by random cases").hasSizeGreaterThan(110);
    }

    private Responsiveness ofRandomCases(int round) {
        Reference reference = histories.reference(true);
        Instant asOf = LocalDate.ofInstant(Story.START, reference.zone())
                .plusDays(60)
                .atStartOfDay(reference.zone())
                .toInstant();
        List<CaseView> views = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            CaseView view = CaseFold.fold(CaseHistory.of(histories.any(round + "-" + i)), reference, asOf)
                    .view();
            if (view != null) {
                views.add(view);
            }
        }
        Snapshot sum = new Snapshot();
        for (CaseView view : views) {
            Told.of(view).forEach((cell, tally) -> sum.add(tally, Day.of(cell.day(), reference.zone()), asOf));
        }
        long end = LocalDate.ofInstant(asOf, reference.zone()).toEpochDay();
        Tally flows = sum.counts().flows();
        return Responsiveness.of(
                sum,
                new Stock(Tally.ZERO, Day.of(end - 100, reference.zone())),
                new Stock(flows, Day.of(end, reference.zone())),
                flows);
    }

    /** A holder that lets a case lie, one that hands it on late, a citizen who answers: each second is counted once. */
    @Test
    void timeIsCountedWithinTheWindow() {
        CaseView view = Story.submitted(0, "A", null)
                .worked(60, "A")
                .closed(3 * 1440, Outcome.FIXED)
                .seenAt(Story.START.plus(Duration.ofDays(10)), References.WITHOUT_POLICY);
        long first = view.dayOf(Story.START);
        Tally all = Told.sum(List.of(view), Role.TERRITORY, cell -> true);
        Day opening = Day.of(first + 1, view.zone());
        Day closing = Day.of(first + 2, view.zone());
        Tally before = Told.sum(List.of(view), Role.TERRITORY, cell -> cell.day() < opening.number());
        Tally until = Told.sum(List.of(view), Role.TERRITORY, cell -> cell.day() < closing.number());

        Responsiveness day = Responsiveness.of(
                new Snapshot(), new Stock(before.flows(), opening), new Stock(until.flows(), closing), until.flows());
        assertThat(day.figures()).containsEntry("seconds.open", 86_400L).doesNotContainKey("seconds.idle");
        assertThat(day.count("open_at_midnight")).isEqualTo(1);
        assertThat(day.count("open_0_3_days")).isEqualTo(1);

        Day end = Day.of(first + 9, view.zone());
        Responsiveness whole = Responsiveness.of(
                new Snapshot(), new Stock(Tally.ZERO, Day.of(first, view.zone())), new Stock(all.flows(), end), all);
        assertThat(whole.figures())
                .containsEntry("seconds.open", 3 * 86_400L)
                .containsEntry("seconds.idle", 3_600L)
                .containsEntry("shares.idle", 1 / 72.0)
                .containsEntry("counts.open", 0L);
    }
}
