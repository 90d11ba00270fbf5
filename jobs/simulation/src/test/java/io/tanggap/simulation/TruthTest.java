package io.tanggap.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.intake.channel.Admitted;
import io.tanggap.intake.channel.Channels;
import io.tanggap.reference.PackDirectory;
import io.tanggap.simulation.Truth.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what intake and the fold make of the messages against what really happened. */
class TruthTest {
    private final Map<String, Truth> truths = new TreeMap<>();
    private final Map<String, List<CaseEvent>> histories = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "jakarta, 2017-11, 42, 5000",
        "jakarta, 2017-11, 7, 1000",
        "jakarta, 2020-01, 1, 1000",
        // Clocks go back in this month, and forward in that.
        "boston, 2019-11, 3, 500",
        "boston, 2019-03, 4, 500"
    })
    void theVerdictsOfThePipelineAreTheTruth(String city, String month, long seed, int cases) {
        ReferencePack pack = requireNonNull(PackDirectory.builtIn(city).pack());
        Reference reference = Reference.of(List.of(pack));
        Instant end = YearMonth.parse(month)
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(pack.zone())
                .toInstant();
        admit(CityLife.of(pack), new Channels(reference, new Pseudonyms(new byte[32])), seed, cases, month);

        assertThat(truths).hasSize(cases);
        SoftAssertions softly = new SoftAssertions();
        for (Truth truth : truths.values()) {
            if (truth.knowable()) {
                List<CaseEvent> history = histories.getOrDefault(truth.caseId(), List.of());
                CaseView view =
                        CaseFold.fold(CaseHistory.of(history), reference, end).view();
                softly.assertThat(view == null ? null : seen(view, truth))
                        .as(() -> told(truth, history))
                        .isEqualTo(truth);
            }
        }
        softly.assertThat(histories.keySet()).isSubsetOf(truths.keySet());
        softly.assertAll();
    }

    private void admit(CityLife life, Channels channels, long seed, int cases, String month) {
        List<Message> messages = new ArrayList<>();
        life.tell(seed, cases, YearMonth.parse(month), messages::add, truth -> truths.put(truth.caseId(), truth));
        List<Message> damaged = new ArrayList<>();
        Set<String> good = new HashSet<>();
        for (Message message : messages) {
            if (message.damaged()) {
                damaged.add(message);
                continue;
            }
            Admitted admitted = admit(channels, message);
            assertThat(admitted.refused())
                    .as(() -> new String(message.json(), StandardCharsets.UTF_8))
                    .isEmpty();
            for (CaseEvent event : admitted.events()) {
                good.add(event.eventId());
                histories
                        .computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        for (Message message : damaged) {
            Admitted admitted = admit(channels, message);
            assertThat(admitted.events())
                    .as("a damaged record tells nothing new")
                    .extracting(CaseEvent::eventId)
                    .isSubsetOf(good);
            assertThat(admitted.refused().size() + admitted.skipped().size())
                    .as(() -> new String(message.json(), StandardCharsets.UTF_8))
                    .isPositive();
        }
    }

    private static Admitted admit(Channels channels, Message message) {
        return channels.admit(message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()));
    }

    /** What a view says, where it has words for it; the rest is what only the story can know. */
    private static Truth seen(CaseView view, Truth truth) {
        return new Truth(
                view.caseId(),
                view.submittedAt(),
                view.category(),
                view.territory(),
                truth.place(),
                path(view),
                view.charged(),
                view.offeredTo(),
                view.handovers().size(),
                view.firstResponseAt(),
                view.rating(),
                truth.duplicateOf(),
                view.mergedInto(),
                view.linkedCases(),
                view.cycles().stream().map(TruthTest::seen).toList(),
                true);
    }

    /** A case that is opened again begins a visit with the holder that it had. */
    private static List<String> path(CaseView view) {
        List<String> path = new ArrayList<>();
        for (Visit visit : view.visits()) {
            if (path.isEmpty() || !path.get(path.size() - 1).equals(visit.holder())) {
                path.add(visit.holder());
            }
        }
        return path;
    }

    private static Truth.Cycle seen(Cycle cycle) {
        return new Truth.Cycle(
                cycle.startedAt(),
                cycle.deadline(),
                cycle.claimedAt(),
                cycle.closedAt(),
                cycle.outcome(),
                switch (cycle.verdict()) {
                    case MET -> Verdict.MET;
                    case MISSED_LATE, MISSED_OPEN -> Verdict.MISSED;
                    case RUNNING -> Verdict.RUNNING;
                    case PAUSED -> Verdict.PAUSED;
                    case NOT_APPLICABLE -> Verdict.NONE;
                    case UNDECIDABLE, HANDED_ON, CANCELLED -> throw new AssertionError(cycle);
                },
                cycle.charged());
    }

    private static String told(Truth truth, List<CaseEvent> history) {
        StringBuilder told = new StringBuilder().append(truth);
        CaseHistory.of(history).events().forEach(event -> told.append('\n')
                .append(event.occurredAt())
                .append(' ')
                .append(event.sourceSequence())
                .append(' ')
                .append(event.actor())
                .append(' ')
                .append(event.orgUnit())
                .append(' ')
                .append(event.payload()));
        return told.toString();
    }
}
