package io.tanggap.core.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.RandomHistories;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.sla.Charges.Ledger;
import io.tanggap.core.sla.Charges.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttributionPropertyTest {
    private static final List<String> UNITS = List.of("A", "A1", "B", "C", "kelurahan", "UNKNOWN");
    private static final Duration LONG = Duration.ofDays(300);

    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    /** Whatever is told in whatever order, under the rule of CRM one unit answers, at every instant, from the first on. */
    @Test
    void oneUnitAnswersAtEveryInstantFromTheSubmissionOn() {
        Reference reference = histories.reference(false);
        for (int i = 0; i < 4000; i++) {
            if (i % 20 == 0) {
                reference = histories.reference(false);
            }
            Instant start = Story.START.plus(Duration.ofMinutes(random.nextInt(20_000)));
            Charges charges = new Charges(histories.pick(UNITS), start);
            Instant at = start;
            for (int j = random.nextInt(15); j > 0; j--) {
                at = at.plus(Duration.ofMinutes(random.nextInt(3) * 700L));
                note(charges, at);
            }
            Instant asOf = at.plus(Duration.ofMinutes(1 + random.nextInt(20_000)));
            Ledger ledger = charges.settle(reference, "roads", "kelurahan", asOf);
            List<Turn> turns = ledger.turns();

            assertThat(turns.get(0).from()).isEqualTo(start);
            assertThat(turns).extracting(Turn::from).isSorted();
            assertThat(turns).extracting(Turn::from).allMatch(from -> from.isBefore(asOf));
            assertThat(turns).extracting(Turn::unit).allMatch(UNITS::contains);
            assertThat(ledger.now()).isEqualTo(turns.get(turns.size() - 1).unit());
            for (int j = 0; j < turns.size(); j++) {
                Instant until = j + 1 < turns.size() ? turns.get(j + 1).from() : asOf;
                if (turns.get(j).from().isBefore(until)) {
                    assertThat(ledger.at(turns.get(j).from(), Integer.MAX_VALUE))
                            .isEqualTo(turns.get(j).unit());
                    assertThat(ledger.at(until.minusMillis(1), Integer.MAX_VALUE))
                            .isEqualTo(turns.get(j).unit());
                }
            }
        }
    }

    private void note(Charges charges, Instant at) {
        String unit = histories.pick(UNITS);
        String other = histories.pick(UNITS);
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> charges.offered(other, unit, at, random.nextInt(5) == 0);
            case 3 -> charges.declined(at);
            case 4 -> charges.recalled(at);
            case 5 -> charges.lapsed(at);
            case 6 -> charges.giverWorked(unit, at);
            case 7 -> charges.assignedFirst(unit, at);
            case 8 -> charges.accepted(unit, at);
            case 9 -> charges.taken(unit, at);
            case 10 -> charges.delegated(other, unit, at);
            case 11 -> charges.reorganised(other, unit, at);
            case 12 -> charges.closed(at);
            default -> charges.reopened(unit, at);
        }
    }

    @Test
    void underEveryRuleSomebodyAnswersForTheWholeOfEveryVerdict() {
        Reference reference = histories.reference(true);
        long shared = 0;
        for (int i = 0; i < 4000; i++) {
            if (i % 10 == 0) {
                reference = histories.reference(true);
            }
            CaseView view = fold(
                    histories.any("case-" + i), reference, Story.START.plus(Duration.ofHours(random.nextInt(1500))));
            if (view == null) {
                continue;
            }
            for (Cycle cycle : view.cycles()) {
                for (Attribution rule : Attribution.values()) {
                    List<Share> parties = cycle.accountable().under(rule);
                    assertThat(parties)
                            .extracting(Share::unit)
                            .doesNotHaveDuplicates()
                            .noneMatch(String::isBlank);
                    assertThat(parties).extracting(Share::partsPerMillion).allMatch(parts -> parts > 0);
                    assertThat(parties.stream().mapToInt(Share::partsPerMillion).sum())
                            .isEqualTo(1_000_000);
                    shared += parties.size() > 1 ? 1 : 0;
                }
            }
            assertThat(Clocks.all(view)).extracting(Clock::charged).noneMatch(String::isBlank);
        }
        assertThat(shared).isPositive();
    }

    /** What is charged is always somebody's for a reason that can be told. */
    @Test
    void nobodyIsChargedWhoWasNeitherCompetentNorTookTheCaseNorHadItFirst() {
        Reference reference = histories.reference(true);
        for (int i = 0; i < 4000; i++) {
            if (i % 10 == 0) {
                reference = histories.reference(true);
            }
            List<CaseEvent> events = histories.any("case-" + i);
            events.removeIf(event -> event.payload() instanceof Payload.Unmerged);
            CaseView view = fold(events, reference, Story.START.plus(LONG));
            if (view == null || movedWhileClosed(view)) {
                continue;
            }
            Set<String> answerable = answerable(view, events, reference);
            assertThat(answerable).as("case-%d: %s", i, view).contains(view.charged());
            assertThat(view.cycles())
                    .as("case-%d: %s", i, view)
                    .allMatch(cycle -> answerable.contains(cycle.charged()));
        }
    }

    /** What happens to a closed case is charged when it is taken up again, by the tasks of that day. */
    private static boolean movedWhileClosed(CaseView view) {
        return view.anomalies().contains(Anomaly.CUSTODY_AFTER_CLOSE)
                || view.offers().stream().anyMatch(offer -> view.cycles().stream()
                        .noneMatch(cycle -> cycle.open().intersect(new Span(offer.offeredAt(), null)) != null
                                && !offer.offeredAt().isBefore(cycle.startedAt())));
    }

    private static Set<String> answerable(CaseView view, List<CaseEvent> events, Reference reference) {
        Set<String> answerable = new HashSet<>();
        for (Visit visit : view.visits()) {
            boolean first =
                    visit.number() == 1 || view.visits().get(visit.number() - 2).ended() == Visit.End.ASSIGNED;
            if (first || !isNoTaskOf(visit.holder(), visit.enteredAt(), view, reference)) {
                answerable.add(visit.holder());
            }
        }
        for (Offer offer : view.offers()) {
            if (!Boolean.FALSE.equals(offer.competent())) {
                answerable.add(offer.to());
                // When it refuses, the giver may have to answer again, whether or not it had before.
                answerable.add(offer.from());
            }
        }
        for (CaseEvent event : events) {
            Payload payload = event.payload();
            if (payload instanceof Payload.HandoverAccepted accepted) {
                answerable.add(accepted.by());
            } else if (payload instanceof Payload.Delegated delegated) {
                answerable.add(delegated.to());
            } else if (payload instanceof Payload.HolderReorganised reorganised) {
                answerable.add(reorganised.to());
            } else if (payload instanceof Payload.Assigned assigned
                    && !isNoTaskOf(assigned.holder(), event.occurredAt(), view, reference)) {
                answerable.add(assigned.holder());
            } else if (payload instanceof Payload.SnapshotObserved state
                    && state.holder() != null
                    && !isNoTaskOf(state.holder(), event.occurredAt(), view, reference)) {
                answerable.add(state.holder());
            }
        }
        return answerable;
    }

    private static boolean isNoTaskOf(String unit, Instant at, CaseView view, Reference reference) {
        return Boolean.FALSE.equals(reference.isCompetent(unit, view.category(), view.territory(), at));
    }

    /** An offer that is taken back, and one that is declined for good reason, charges as if it had never been made. */
    @Test
    void whatWasTakenBackNeverMovedTheCharge() {
        long moved = 0;
        for (int i = 0; i < 1500; i++) {
            Reference reference = tasks(histories.pick(UNITS), histories.pick(UNITS));
            List<CaseEvent> events = new ArrayList<>(histories.any("case-" + i));
            // Of an offer that was refused the next one ends the refusal, whatever becomes of it.
            events.removeIf(event -> event.payload() instanceof Payload.HandoverDeclined
                    || event.payload() instanceof Payload.Recalled
                    || event.payload() instanceof Payload.Corrected);
            CaseView before = fold(events, reference, Story.START.plus(LONG));
            if (before == null || !before.isOpen() || before.offeredTo() != null) {
                continue;
            }
            Instant at = events.stream()
                    .map(CaseEvent::occurredAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .plusMillis(1);
            events.add(event("case-" + i, at, new Payload.HandoverOffered(histories.pick(UNITS))));
            CaseView offered = fold(events, reference, Story.START.plus(LONG));
            moved += offered.charged().equals(before.charged()) ? 0 : 1;
            events.add(event("case-" + i, at.plus(Duration.ofDays(1)), new Payload.Recalled()));
            CaseView recalled = fold(events, reference, Story.START.plus(LONG));

            assertThat(recalled.charged()).as("case-%d: %s", i, before).isEqualTo(before.charged());
            assertThat(recalled.cycles())
                    .as("case-%d", i)
                    .extracting(Cycle::accountable)
                    .isEqualTo(before.cycles().stream().map(Cycle::accountable).toList());
        }
        assertThat(moved).as("offers that moved the charge while they stood").isPositive();
    }

    private static Reference tasks(String competent, String after) {
        return new PackDraft("p")
                .unit("A", Kind.AGENCY, "dinas", null)
                .unit("A1", Kind.AGENCY, "sudin", "A")
                .competence(null, null, competent, null, "2024-03-15")
                .competence(null, null, after, "2024-03-15", null)
                .policy(Target.RESOLUTION, "7d", null)
                .reference();
    }

    private static CaseEvent event(String number, Instant at, Payload payload) {
        return CaseEvent.of(
                Story.CHANNEL,
                number,
                at,
                at,
                null,
                Actor.OFFICER,
                null,
                Visibility.INTERNAL,
                false,
                TimeNote.EXACT,
                payload);
    }

    private static CaseView fold(List<CaseEvent> events, Reference reference, Instant asOf) {
        return CaseFold.fold(CaseHistory.of(events), reference, asOf).view();
    }
}
