package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Clocks;
import io.tanggap.core.RandomHistories;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What live mode rests on: between a fold and its next change neither the view nor the contributions move, at no instant
 * whatever. Walks whole lives of cases from change to change, and looks just before each, and in between.
 */
class NextChangeTest {
    private static final Duration LONG = Duration.ofDays(400);

    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    @Test
    void nothingMovesBeforeTheNextChange() {
        long wakings = 0;
        long changes = 0;
        Reference reference = histories.reference(true);
        for (int i = 0; i < 600; i++) {
            if (i % 3 == 0) {
                reference = histories.reference(i % 2 == 0);
            }
            List<CaseEvent> events = histories.any("case-" + i);
            CaseHistory history = CaseHistory.of(events);
            NavigableSet<Instant> critical = critical(events, history, reference);

            Instant asOf = critical.first().minus(Duration.ofHours(1));
            Seen seen = Seen.at(history, reference, asOf);
            // What is open ages at every midnight, without end.
            Instant enough = critical.last().plus(Duration.ofDays(3));
            while (seen.nextChangeAt() != null && seen.nextChangeAt().isBefore(enough)) {
                Instant next = seen.nextChangeAt();
                assertThat(next).as("case-%d at %s", i, asOf).isAfter(asOf);
                unchanged(seen, history, reference, critical.subSet(asOf, false, next, false), "case-" + i);
                unchanged(seen, history, reference, between(asOf, next), "case-" + i);
                Seen after = Seen.at(history, reference, next);
                wakings++;
                changes += after.same(seen) ? 0 : 1;
                seen = after;
                asOf = next;
            }
            if (seen.nextChangeAt() == null) {
                unchanged(seen, history, reference, critical.tailSet(asOf, false), "case-" + i);
                unchanged(seen, history, reference, between(asOf, asOf.plus(LONG)), "case-" + i);
            }
        }
        System.out.println(changes + " of " + wakings + " wakings found a change");
        assertThat(changes).as("wakings that found a change, of %d", wakings).isGreaterThan(wakings * 3 / 4);
    }

    /** The last instant before the next change, at which all that moved since is seen, and one on the way. */
    private List<Instant> between(Instant asOf, Instant next) {
        long millis = Duration.between(asOf, next).toMillis();
        return millis < 2 ? List.of() : List.of(next.minusMillis(1), asOf.plusMillis(1 + random.nextLong(millis - 1)));
    }

    private static void unchanged(
            Seen seen, CaseHistory history, Reference reference, Collection<Instant> instants, String name) {
        for (Instant instant : instants) {
            Seen then = Seen.at(history, reference, instant);
            assertThat(then).as("%s at %s, unasked for", name, instant).isEqualTo(seen);
        }
    }

    /** Every instant at which a clock, a day, a silence, a pack or an event could move something. */
    private static NavigableSet<Instant> critical(List<CaseEvent> events, CaseHistory history, Reference reference) {
        NavigableSet<Instant> instants = new TreeSet<>();
        Instant first = history.events().get(0).occurredAt();
        for (int day = -2; day < 45; day++) {
            instants.add(LocalDate.ofInstant(first, reference.zone())
                    .plusDays(day)
                    .atStartOfDay(reference.zone())
                    .toInstant());
        }
        for (CaseEvent event : events) {
            around(instants, event.occurredAt());
            Duration staleAfter = reference.knownAt(event.occurredAt()).staleAfter();
            around(instants, event.occurredAt().plus(staleAfter));
        }
        for (Instant pack = reference.nextKnownAfter(Instant.EPOCH);
                pack != null;
                pack = reference.nextKnownAfter(pack)) {
            around(instants, pack);
        }
        CaseView last =
                CaseFold.fold(history, reference, Story.START.plus(LONG)).view();
        if (last != null) {
            for (Clock clock : Clocks.all(last)) {
                if (clock.deadline() != null) {
                    around(instants, clock.deadline());
                }
            }
        }
        return instants;
    }

    private static void around(NavigableSet<Instant> instants, Instant instant) {
        instants.add(instant);
        instants.add(instant.plusMillis(1));
        instants.add(instant.plusMillis(2));
    }

    /** What is seen of a case, but for the as-of itself. */
    private record Seen(
            @Nullable CaseView view,
            Map<Cell, Tally> contributions,
            @Nullable Instant nextChangeAt) {
        static Seen at(CaseHistory history, Reference reference, Instant asOf) {
            Folded folded = CaseFold.fold(history, reference, asOf);
            CaseView view = folded.view();
            return view == null
                    ? new Seen(null, Map.of(), folded.wakeAt())
                    : new Seen(timeless(view), Contributions.of(view), folded.wakeAt());
        }

        boolean same(Seen other) {
            return Objects.equals(view, other.view) && contributions.equals(other.contributions);
        }

        private static CaseView timeless(CaseView view) {
            return new CaseView(
                    view.caseId(),
                    view.channel(),
                    view.sourceCaseId(),
                    view.category(),
                    view.territory(),
                    view.placing(),
                    view.competent(),
                    view.submittedAt(),
                    view.observedFrom(),
                    view.progress(),
                    view.cycles(),
                    view.visits(),
                    view.handovers(),
                    view.returns(),
                    view.offers(),
                    view.claims(),
                    view.waits(),
                    view.overruns(),
                    view.originCompetent(),
                    view.holder(),
                    view.offeredTo(),
                    view.charged(),
                    view.attribution(),
                    view.clocks(),
                    view.contests(),
                    view.escalations(),
                    view.firstResponseAt(),
                    view.rating(),
                    view.linkedCases(),
                    view.mergedInto(),
                    view.lastActivityAt(),
                    view.activeDays(),
                    view.arrivals(),
                    view.stale(),
                    view.anomalies(),
                    view.events(),
                    view.unseenEvents(),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    view.zone(),
                    view.referencePack());
        }
    }
}
