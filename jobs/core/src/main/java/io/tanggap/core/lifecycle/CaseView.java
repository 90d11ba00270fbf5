package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.Placing;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import io.tanggap.core.sla.Wait;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about one case at one as-of: a function of (history, reference, as-of) and of nothing else.
 *
 * @param category null where no event named one
 * @param territory null where no event placed the case
 * @param placing how the territory was found; null where no event says
 * @param competent whose task the category was in the territory when the case was submitted; null where the reference then
 *     known says nothing of it
 * @param submittedAt the start of the citizen's clock
 * @param observedFrom the case is known only because it was still open then, later than its submission; null: observed from
 *     its submission
 * @param cycles at least one, in order
 * @param visits stays with holders, in order; while the case is open they leave no gap
 * @param handovers hops between agencies, in order
 * @param returns of those, the ones by which it came back to an agency that had it in the cycle, in order
 * @param offers in order
 * @param claims that it is done, in order
 * @param waits stretches in which work could not go on, as the source tells it, in order
 * @param overruns stretches from the reporter's answer to a wait until somebody of the city did something, in order
 * @param originCompetent whether the case was the task of its first holder, by the reference known at the submission; null
 *     where that has no lines of competence
 * @param holder who has it, or had it last
 * @param offeredTo to whom it is offered; null where no offer is open
 * @param charged who would be charged under the CRM rule for a breach at the as-of
 * @param attribution the rule that the city charges by, as known at the as-of
 * @param clocks every target of the case but resolution, by cycle, target and number; resolution is the cycle's own
 * @param contests verdicts that were contested, in order
 * @param escalations how often a superior was told
 * @param firstResponseAt first public reply of an officer or validator; null while there is none
 * @param rating the reporter's latest rating, 1 to 5 stars; null while there is none
 * @param linkedCases other cases that are the same complaint
 * @param mergedInto the case in which this one goes on; null if it is no duplicate
 * @param lastActivityAt the latest event seen
 * @param activeDays the city's days, as epoch days, on which an event of the case was seen, ascending
 * @param arrivals of the events that sources have told, corrected ones too, without what an adapter inferred and requests to
 *     erase, in order
 * @param stale stretches without any event for longer than the configured time, while open
 * @param anomalies in the order of their declaration
 * @param events how many events the view rests on
 * @param unseenEvents events that are kept, and not yet seen because they occur at or after the as-of
 * @param asOf exclusive: an event counts if it occurred before
 * @param curvesAsOf the last local midnight at or before the as-of; what ages without events is stated as of it
 * @param zone the city's zone
 * @param referencePack the id of the pack known at the as-of
 */
public record CaseView(
        String caseId,
        String channel,
        String sourceCaseId,
        @Nullable String category,
        @Nullable String territory,
        @Nullable Placing placing,
        @Nullable String competent,
        Instant submittedAt,
        @Nullable Instant observedFrom,
        Progress progress,
        List<Cycle> cycles,
        List<Visit> visits,
        List<Handover> handovers,
        List<Return> returns,
        List<Offer> offers,
        List<Claim> claims,
        List<Wait> waits,
        List<Span> overruns,
        @Nullable Boolean originCompetent,
        String holder,
        @Nullable String offeredTo,
        String charged,
        Attribution attribution,
        List<Clock> clocks,
        List<Contest> contests,
        int escalations,
        @Nullable Instant firstResponseAt,
        @Nullable Integer rating,
        Set<String> linkedCases,
        @Nullable String mergedInto,
        Instant lastActivityAt,
        List<Long> activeDays,
        List<Arrival> arrivals,
        List<Span> stale,
        Set<Anomaly> anomalies,
        int events,
        int unseenEvents,
        Instant asOf,
        Instant curvesAsOf,
        ZoneId zone,
        String referencePack) {

    public CaseView {
        cycles = List.copyOf(cycles);
        visits = List.copyOf(visits);
        handovers = List.copyOf(handovers);
        returns = List.copyOf(returns);
        offers = List.copyOf(offers);
        claims = List.copyOf(claims);
        waits = List.copyOf(waits);
        overruns = List.copyOf(overruns);
        clocks = List.copyOf(clocks);
        contests = List.copyOf(contests);
        activeDays = List.copyOf(activeDays);
        arrivals = List.copyOf(arrivals);
        stale = List.copyOf(stale);
        linkedCases = Collections.unmodifiableSet(new TreeSet<>(linkedCases));
        anomalies = Collections.unmodifiableSet(new TreeSet<>(anomalies));
    }

    /** The first cycle: the one that cohorts by submission day judge. */
    public Cycle firstCycle() {
        return cycles.get(0);
    }

    /** The latest cycle. */
    public Cycle cycle() {
        return cycles.get(cycles.size() - 1);
    }

    /** The cycles that began with a reopening. */
    public List<Cycle> reopenings() {
        return cycles.subList(1, cycles.size());
    }

    /** Who said that a cycle is done, by the claim that stands; without one, who had the case at its end. */
    public String stoppedBy(Cycle cycle) {
        return claims.stream()
                .filter(claim -> claim.cycle() == cycle.number() && claim.at().equals(cycle.claimedAt()))
                .map(Claim::by)
                .reduce(cycle.lastHolder(), (before, claimant) -> claimant);
    }

    /** Whether the case is not closed. */
    public boolean isOpen() {
        return progress != Progress.CLOSED;
    }

    /** The citizen's clock: from the submission to the last closing. Nothing stops it or sets it back. */
    public Span citizen() {
        return new Span(submittedAt, isOpen() ? null : cycle().closedAt());
    }

    /** Whether the latest cycle is past its deadline and its clock still runs. */
    public boolean isOverdue() {
        return cycle().verdict() == Verdict.MISSED_OPEN;
    }

    /** Whether somebody contested the verdict on a cycle's resolution. */
    public boolean isContested(Cycle cycle) {
        return contestsOf(cycle).findAny().isPresent();
    }

    /** Whether the last decision on the verdict on a cycle's resolution was that it does not stand. */
    public boolean isOverturned(Cycle cycle) {
        return contestsOf(cycle)
                .filter(contest -> contest.decidedAt() != null)
                .reduce((earlier, later) -> later)
                .filter(contest -> Boolean.FALSE.equals(contest.upheld()))
                .isPresent();
    }

    private Stream<Contest> contestsOf(Cycle cycle) {
        return contests.stream()
                .filter(contest -> contest.cycle() == cycle.number()
                        && contest.target().equals(cycle.resolution().target().name()));
    }

    /** Whether the case is open and has been silent for longer than the configured time. */
    public boolean isStale() {
        return !stale.isEmpty() && stale.get(stale.size() - 1).to() == null;
    }

    /** The city's day on which an instant falls, as an epoch day. */
    public long dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone).toEpochDay();
    }
}
