package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.release.Rung.Topic;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A case in a release, told as finely as its rung allows. Everything else is as the fold says, at the release's as-of.
 *
 * <p>Durations are exact on every rung, for they say nothing of the day. What would, is told only where the day is: events, stays,
 * the deadline, and so how long an open case has been open. The target is told only where the category is, for targets differ by it.
 *
 * @param name the pseudonym of the case
 * @param rung on which it stands
 * @param submitted the first day of what is told of the submission
 * @param channel null where it is not told
 * @param category null where it is not told
 * @param group of the category; null where it is not told
 * @param place id of the unit of the problem, or of one above it; the city, too, of a case without a place
 * @param centre the middle of that unit; null if none is known
 * @param outcome of the latest closing; null while open
 * @param cycles 1, and one more for each reopening
 * @param rating the reporter's latest, 1 to 5 stars; null if there is none
 * @param firstResponse from the submission to the first public reply of an officer; null while there is none
 * @param resolution from the submission to the first stop of the resolution clock: the claim that stood, else the closing; null
 *     while there is none
 * @param closing from the submission to the last closing; null while open
 * @param policy of the first resolution target; null where none applies, and where the category is not told
 * @param verdict on it
 * @param budget what it allows, in the time of its calendar; null without a policy that is told
 * @param used what was counted when it stopped; null while it runs, and without a policy that is told
 * @param deadline of it; null where the day is not told, and where there is none
 * @param charged who is credited or charged with the verdict under the CRM rule
 * @param inherited whether that unit got the case with hardly any time left
 * @param mergedInto the pseudonym of the case in which this one goes on; null if it is no duplicate. That case may be of
 *     another period, or withheld
 * @param events in order; empty where times are not told exactly
 * @param visits in order; empty where times are not told exactly
 */
public record ReleasedCase(
        String name,
        Rung rung,
        LocalDate submitted,
        @Nullable String channel,
        @Nullable String category,
        @Nullable String group,
        String place,
        @Nullable GeoPoint centre,
        boolean open,
        @Nullable Outcome outcome,
        int cycles,
        int handovers,
        int holders,
        @Nullable Integer rating,
        @Nullable Duration firstResponse,
        @Nullable Duration resolution,
        @Nullable Duration closing,
        @Nullable String policy,
        Verdict verdict,
        @Nullable Duration budget,
        @Nullable Duration used,
        @Nullable Instant deadline,
        ReleasedUnit charged,
        boolean inherited,
        @Nullable String mergedInto,
        Set<Anomaly> anomalies,
        List<ReleasedEvent> events,
        List<ReleasedVisit> visits) {

    public ReleasedCase {
        requireNonNull(name, "name");
        anomalies = Set.copyOf(anomalies);
        events = List.copyOf(events);
        visits = List.copyOf(visits);
    }

    /** What somebody who knows of a case may know of it. */
    public static Quasi quasi(CaseView view, Published words, UnaryOperator<String> names) {
        return new Quasi(
                names.apply(view.caseId()),
                LocalDate.ofEpochDay(view.dayOf(view.submittedAt())),
                words.below(view.territory()),
                words.category(view.category()),
                words.group(view.category()),
                words.channel(view.channel()),
                words.isSensitive(view.category()),
                words.agency(view.holder()));
    }

    /**
     * A case on a rung.
     *
     * @param told the events that the view rests on, see {@link CaseFold#told}
     * @param names gives each case its pseudonym
     */
    public static ReleasedCase of(
            CaseView view, List<CaseEvent> told, Rung rung, Published words, UnaryOperator<String> names) {
        Quasi quasi = quasi(view, words, names);
        List<String> place = quasi.placeOn(rung, words.deepest());
        String unit = place.isEmpty() ? words.pack().city() : place.get(place.size() - 1);
        int levels = place.size();
        boolean tellsTarget = rung.topic() == Topic.CATEGORY;
        Cycle first = view.firstCycle();
        Instant from = view.submittedAt();
        Instant closedAt = view.isOpen() ? null : view.cycle().closedAt();
        return new ReleasedCase(
                quasi.name(),
                rung,
                quasi.dayOn(rung),
                rung.channel() ? quasi.channel() : null,
                rung.topic() == Topic.CATEGORY ? quasi.category() : null,
                rung.topic() == Topic.NONE ? null : quasi.group(),
                unit,
                words.centre(unit),
                view.isOpen(),
                view.isOpen() ? null : view.cycle().outcome(),
                view.cycles().size(),
                view.handovers().size(),
                view.visits().size(),
                view.rating(),
                since(from, view.firstResponseAt()),
                since(from, first.stoppedAt()),
                since(from, closedAt),
                tellsTarget ? first.resolution().policy() : null,
                first.verdict(),
                tellsTarget ? first.resolution().budget() : null,
                tellsTarget ? first.resolution().used() : null,
                tellsTarget && rung.tellsEvents() ? first.deadline() : null,
                unit(first.charged(), levels, rung, words),
                first.accountable().inherited(),
                view.mergedInto() == null ? null : names.apply(view.mergedInto()),
                view.anomalies(),
                rung.tellsEvents() ? events(view, told, levels, rung, words) : List.of(),
                rung.tellsEvents() ? visits(view, levels, rung, words) : List.of());
    }

    private static @Nullable Duration since(Instant from, @Nullable Instant to) {
        return to == null ? null : Duration.between(from, to);
    }

    private static ReleasedUnit unit(String unit, int levels, Rung rung, Published words) {
        ReleasedUnit desk = Telling.desk(unit);
        return desk == null ? words.unit(unit, levels, rung.topic()) : desk;
    }

    private static List<ReleasedVisit> visits(CaseView view, int levels, Rung rung, Published words) {
        return view.visits().stream()
                .map(visit -> new ReleasedVisit(
                        visit.number(),
                        unit(visit.holder(), levels, rung, words),
                        visit.offeredAt(),
                        visit.enteredAt(),
                        visit.entry(),
                        visit.leftAt(),
                        visit.ended(),
                        visit.workedAt(),
                        visit.counted()))
                .toList();
    }

    private static List<ReleasedEvent> events(
            CaseView view, List<CaseEvent> told, int levels, Rung rung, Published words) {
        List<ReleasedEvent> events = new ArrayList<>(told.size());
        for (CaseEvent event : told) {
            Payload payload = event.payload();
            String to = Telling.receiver(payload);
            events.add(new ReleasedEvent(
                    events.size() + 1,
                    Telling.activity(payload),
                    event.occurredAt(),
                    Telling.transition(payload),
                    actor(event, view, levels, rung, words),
                    event.actor(),
                    event.visibility(),
                    event.inferred(),
                    to == null ? null : unit(to, levels, rung, words),
                    Telling.reason(payload, words),
                    Telling.outcome(payload),
                    Telling.stars(payload)));
        }
        return events;
    }

    private static @Nullable ReleasedUnit actor(
            CaseEvent event, CaseView view, int levels, Rung rung, Published words) {
        if (event.orgUnit() != null) {
            return unit(event.orgUnit(), levels, rung, words);
        }
        return switch (event.actor()) {
            case CITIZEN, SYSTEM -> null;
            case OFFICER, VALIDATOR ->
                view.visits().stream()
                        .filter(visit -> !visit.enteredAt().isAfter(event.occurredAt()))
                        .reduce((earlier, later) -> later)
                        .map(Visit::holder)
                        .map(holder -> unit(holder, levels, rung, words))
                        .orElse(null);
        };
    }
}
