package io.tanggap.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Progress;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Pause;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What properties are tested on is worth nothing if it never does what they speak of. */
class RandomHistoriesTest {
    private final RandomHistories histories = new RandomHistories(Seed.random(this));
    private final Set<String> types = new TreeSet<>();
    private final Set<Anomaly> anomalies = EnumSet.noneOf(Anomaly.class);
    private final Set<Offer.Decision> decisions = EnumSet.noneOf(Offer.Decision.class);
    private final Set<Visit.Entry> entries = EnumSet.noneOf(Visit.Entry.class);
    private final Set<Visit.End> ends = EnumSet.noneOf(Visit.End.class);
    private final Set<Progress> progress = EnumSet.noneOf(Progress.class);
    private final Set<String> verdicts = new TreeSet<>();
    private final Set<String> pauses = new TreeSet<>();
    private final Set<Integer> thresholds = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();

    @BeforeEach
    void look() {
        for (int i = 0; i < 300; i++) {
            Reference reference = histories.reference(true);
            for (int j = 0; j < 16; j++) {
                CaseHistory history = CaseHistory.of(histories.any("case-" + j));
                history.events().stream().map(CaseEvent::type).forEach(types::add);
                CaseView view = CaseFold.fold(history, reference, Story.START.plus(Duration.ofDays(1 + i % 40)))
                        .view();
                if (view != null) {
                    look(view);
                }
            }
        }
    }

    private void look(CaseView view) {
        anomalies.addAll(view.anomalies());
        progress.add(view.progress());
        view.offers().stream()
                .map(Offer::decision)
                .filter(decision -> decision != null)
                .forEach(decisions::add);
        view.visits().forEach(visit -> {
            entries.add(visit.entry());
            if (visit.ended() != null) {
                ends.add(visit.ended());
            }
        });
        for (Clock clock : Clocks.all(view)) {
            verdicts.add(clock.target() + " " + clock.verdict());
            thresholds.add(clock.threshold());
            clock.pauses().stream().map(Pause::reason).forEach(pauses::add);
            if (clock.provisional()) {
                seen.add("provisional");
            }
        }
        if (view.observedFrom() != null) {
            seen.add("observed late");
        }
        boolean standing = view.offeredTo() != null;
        boolean elsewhere = !view.charged().equals(standing ? view.offeredTo() : view.holder());
        if (view.isOpen() && elsewhere) {
            seen.add(standing ? "offered to a unit that is not charged" : "held by a unit that is not charged");
        }
        view.cycles().forEach(cycle -> {
            if (cycle.accountable().inherited()) {
                seen.add("inherited");
            }
            if (cycle.accountable().share().size() > 2) {
                seen.add("shared by three");
            }
        });
    }

    @Test
    void whatIsDrawnDoesEverythingThatTestsSpeakOf() {
        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Payload.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet()));
        assertThat(anomalies).containsExactlyInAnyOrder(Anomaly.values());
        assertThat(decisions).containsExactlyInAnyOrder(Offer.Decision.values());
        assertThat(entries).containsExactlyInAnyOrder(Visit.Entry.values());
        assertThat(ends).containsExactlyInAnyOrder(Visit.End.values());
        assertThat(progress).containsExactlyInAnyOrder(Progress.values());
        assertThat(thresholds).containsExactly(0, 50, 75, 90, 100, 150, 200);
        assertThat(pauses).containsExactly("CITIZEN_INFO", "ELSEWHERE", "UNSTATED", "VENDOR");
        assertThat(seen)
                .containsExactly(
                        "held by a unit that is not charged",
                        "inherited",
                        "observed late",
                        "offered to a unit that is not charged",
                        "provisional",
                        "shared by three");
        for (Target target : Target.values()) {
            assertThat(verdicts)
                    .contains(
                            target + " " + Verdict.MET,
                            target + " " + Verdict.MISSED_LATE,
                            target + " " + Verdict.MISSED_OPEN,
                            target + " " + Verdict.RUNNING);
        }
        assertThat(verdicts)
                .contains(
                        "RESOLUTION PAUSED",
                        "RESOLUTION UNDECIDABLE",
                        "RESOLUTION NOT_APPLICABLE",
                        "DWELL PAUSED",
                        "DWELL HANDED_ON",
                        "DWELL UNDECIDABLE",
                        "ACCEPTANCE CANCELLED",
                        "FIRST_RESPONSE CANCELLED",
                        "HANDOVER CANCELLED",
                        "VALIDATION CANCELLED");
    }
}
