package io.tanggap.core.measure;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.Arrival;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Claim;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Handover;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Return;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.measure.Cells.Party;
import io.tanggap.core.measure.Count.Competence;
import io.tanggap.core.measure.Count.End;
import io.tanggap.core.measure.Count.Time;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Pause;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import io.tanggap.core.sla.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a case contributes: verdicts, stocks and flows, and what happened on its way from hand to hand. */
final class CaseContributions {
    /** Claims after less time than this can hardly be of work done: hackforla/311-data issue 507. */
    private static final Duration INSTANT_CLAIM = Duration.ofMinutes(10);

    private final CaseView view;
    private final Cells cells;
    private final Party place;

    private CaseContributions(CaseView view) {
        this.view = view;
        cells = new Cells(view.channel(), view.category(), view.zone());
        place = Party.place(view.territory());
    }

    static Map<Cell, Tally> of(CaseView view) {
        CaseContributions contributions = new CaseContributions(view);
        contributions.cohort(contributions.place);
        contributions.cohort(Party.holder(view.firstCycle().charged()));
        view.cycles().forEach(contributions::cycle);
        view.clocks().forEach(contributions::target);
        contributions.reopenings();
        view.visits().forEach(contributions::visit);
        for (Span silence : view.stale()) {
            contributions.cells.flow(contributions.place, silence, Count.STALE_ENTERED, Count.STALE_LEFT);
        }
        contributions.pauses();
        view.handovers().forEach(contributions::handover);
        view.offers().forEach(contributions::offer);
        contributions.claims().forEach(contributions::claim);
        view.arrivals().forEach(contributions::arrival);
        return contributions.cells.tallies();
    }

    private void cohort(Party party) {
        Verdict verdict = view.firstCycle().verdict();
        cells.on(party, view.submittedAt())
                .add(Count.RECEIVED, 1)
                .add(
                        switch (verdict) {
                            case MET -> Count.COHORT_MET;
                            case MISSED_LATE -> Count.COHORT_MISSED_LATE;
                            case MISSED_OPEN -> Count.COHORT_MISSED_OPEN;
                            case RUNNING -> Count.COHORT_RUNNING;
                            case PAUSED -> Count.COHORT_PAUSED;
                            case UNDECIDABLE -> Count.COHORT_UNDECIDABLE;
                            case HANDED_ON, CANCELLED -> throw impossible(verdict);
                            case NOT_APPLICABLE -> Count.COHORT_NOT_APPLICABLE;
                        },
                        1);
    }

    private void cycle(Cycle cycle) {
        cells.enterAndLeave(place, cycle.open(), Count.OPEN_ENTERED, Count.OPEN_LEFT);
        cells.stock(place, cycle.open(), view.submittedAt(), view.activeDays());
        cells.time(place, Time.OPEN, cycle.open());
        cells.flow(place, cycle.overdue(), Count.OVERDUE_ENTERED, Count.OVERDUE_LEFT);
        cells.flow(place, withoutTarget(cycle), Count.NO_TARGET_ENTERED, Count.NO_TARGET_LEFT);
        due(cycle);
        List<Handover> hops = hops(cycle);
        closing(place, cycle, hops);
        closing(Party.holder(cycle.lastHolder()), cycle, hops);
        path(cycle, hops);
    }

    private void due(Cycle cycle) {
        Instant deadline = cycle.deadline();
        if (deadline == null || !deadline.isBefore(view.asOf())) {
            return;
        }
        due(place, cycle, deadline, false);
        due(Party.holder(cycle.charged()), cycle, deadline, cycle.accountable().inherited());
        due(origin(cycle), cycle, deadline, false);
        boolean missed = cycle.verdict().isMissed();
        if (!missed && cycle.verdict() != Verdict.MET) {
            return;
        }
        for (Share share : cycle.accountable().share()) {
            Tally.Builder cell = cells.on(new Party(Role.HOLDER, Rule.SHARE, share.unit()), deadline);
            cell.add(missed ? Count.SHARE_MISSED : Count.SHARE_MET, share.partsPerMillion());
            if (missed) {
                cell.add(Count.SHARED_MISSES, 1);
            }
        }
    }

    private static Party origin(Cycle cycle) {
        return new Party(Role.HOLDER, Rule.ORIGIN, cycle.accountable().origin());
    }

    /** @param inherited whoever was handed a case with hardly any time left has its miss booked apart */
    private void due(Party party, Cycle cycle, Instant deadline, boolean inherited) {
        Count count =
                switch (cycle.verdict()) {
                    case MET -> Count.DUE_MET;
                    case MISSED_LATE -> inherited ? Count.DUE_INHERITED : Count.DUE_MISSED_LATE;
                    case MISSED_OPEN -> inherited ? Count.DUE_INHERITED : Count.DUE_MISSED_OPEN;
                    case UNDECIDABLE -> Count.DUE_UNDECIDABLE;
                    case RUNNING, PAUSED, HANDED_ON, CANCELLED, NOT_APPLICABLE -> throw impossible(cycle.verdict());
                };
        cells.add(party, deadline, count);
        if (view.isContested(cycle)) {
            cells.add(party, deadline, Count.DUE_CONTESTED);
        }
        if (view.isOverturned(cycle)) {
            cells.add(party, deadline, Count.DUE_OVERTURNED);
        }
    }

    private IllegalStateException impossible(Verdict verdict) {
        return new IllegalStateException(view.caseId() + ": a resolution is never " + verdict + " here");
    }

    private void target(Clock clock) {
        Instant deadline = clock.deadline();
        if (deadline == null || !deadline.isBefore(view.asOf())) {
            return;
        }
        Count count =
                switch (clock.verdict()) {
                    case MET -> Count.TARGET_MET;
                    case MISSED_LATE, MISSED_OPEN -> Count.TARGET_MISSED;
                    case UNDECIDABLE -> Count.TARGET_UNDECIDABLE;
                    case HANDED_ON -> Count.TARGET_HANDED_ON;
                    case RUNNING, PAUSED, CANCELLED, NOT_APPLICABLE -> null;
                };
        if (count != null) {
            cells.add(place, deadline, count, clock.target().code());
            cells.add(
                    Party.holder(clock.charged()),
                    deadline,
                    count,
                    clock.target().code());
        }
    }

    private static @Nullable Span withoutTarget(Cycle cycle) {
        return cycle.verdict() == Verdict.NOT_APPLICABLE ? cycle.open() : null;
    }

    private void closing(Party party, Cycle cycle, List<Handover> hops) {
        Instant closedAt = cycle.closedAt();
        Outcome outcome = cycle.outcome();
        if (closedAt == null || outcome == null) {
            return;
        }
        Tally.Builder cell = cells.on(party, closedAt);
        cell.add(Count.CLOSED, outcome.code(), 1);
        if (cycle.timed()) {
            long age = Duration.between(view.submittedAt(), closedAt).toMillis();
            cell.add(Count.CLOSED_AGE, AgeBins.ofMillis(age), 1);
        }
        if (cycle.rating() != null) {
            cell.add(Count.RATED, cycle.rating(), 1);
        }
        cell.add(Count.HOPS, hops.size());
    }

    private List<Handover> hops(Cycle cycle) {
        return view.handovers().stream()
                .filter(hop -> hop.cycle() == cycle.number())
                .toList();
    }

    /** The way that a closed cycle took from hand to hand. */
    private void path(Cycle cycle, List<Handover> hops) {
        Instant closedAt = cycle.closedAt();
        if (closedAt == null) {
            return;
        }
        if (cycle.outcome() != null && cycle.outcome().isResolved()) {
            Competence competence = Competence.of(view.originCompetent());
            boolean firstLine =
                    view.handovers().stream().noneMatch(hop -> hop.at().isBefore(closedAt)) && hops.isEmpty();
            for (Party party : List.of(place, origin(cycle))) {
                cells.add(party, closedAt, Count.RESOLVED, competence.code());
                if (firstLine) {
                    cells.add(party, closedAt, Count.RESOLVED_FIRST_LINE, competence.code());
                }
            }
        }
        if (hops.isEmpty()) {
            return;
        }
        Set<String> units = new LinkedHashSet<>();
        hops.forEach(hop -> units.addAll(List.of(hop.from(), hop.to())));
        cells.add(place, closedAt, Count.HOPPED);
        units.forEach(unit -> cells.add(Party.holder(unit), closedAt, Count.HOPPED));
        loops(cycle, closedAt, true, Count.CAME_BACK);
        loops(cycle, closedAt, false, Count.CAME_AROUND);
    }

    private void loops(Cycle cycle, Instant closedAt, boolean direct, Count count) {
        Set<String> ends = new LinkedHashSet<>();
        for (Return back : view.returns()) {
            if (back.cycle() == cycle.number() && back.direct() == direct) {
                ends.add(back.unit());
                ends.add(back.from());
            }
        }
        if (!ends.isEmpty()) {
            cells.add(place, closedAt, count);
            ends.forEach(unit -> cells.add(Party.holder(unit), closedAt, count));
        }
    }

    private void reopenings() {
        for (Cycle reopened : view.reopenings()) {
            // After the window in which that counts it is none.
            if (!reopened.late()) {
                cells.add(place, reopened.startedAt(), Count.REOPENED);
                cells.add(Party.holder(reopened.firstHolder()), reopened.startedAt(), Count.REOPENED);
            }
        }
    }

    private void visit(Visit visit) {
        Party holder = Party.holder(visit.holder());
        Span held = visit.held();
        cells.enterAndLeave(holder, held, Count.OPEN_ENTERED, Count.OPEN_LEFT);
        cells.stock(holder, held, view.submittedAt(), view.activeDays());
        cells.time(holder, Time.OPEN, held);
        for (Cycle cycle : view.cycles()) {
            cells.flow(holder, during(visit, cycle.overdue()), Count.OVERDUE_ENTERED, Count.OVERDUE_LEFT);
            cells.flow(holder, during(visit, withoutTarget(cycle)), Count.NO_TARGET_ENTERED, Count.NO_TARGET_LEFT);
        }
        for (Span silence : view.stale()) {
            cells.flow(holder, during(visit, silence), Count.STALE_ENTERED, Count.STALE_LEFT);
        }
        for (Span idle : idle(visit)) {
            cells.time(place, Time.IDLE, idle);
            cells.time(holder, Time.IDLE, idle);
        }
        if (visit.enteredAt().isBefore(view.curvesAsOf())) {
            int bin = AgeBins.ofMillis(visit.counted().toMillis());
            Instant leftAt = visit.leftAt();
            Tally.Builder cell = cells.on(holder, visit.enteredAt());
            if (leftAt != null && leftAt.isBefore(view.curvesAsOf())) {
                cell.add(Count.STAY_END, end(visit, leftAt).code() * AgeBins.COUNT + bin, 1);
            } else {
                cell.add(Count.STAY_OPEN, bin, 1);
            }
        }
    }

    private End end(Visit visit, Instant leftAt) {
        return switch (requireNonNull(visit.ended())) {
            case HANDED_ON -> End.HANDED_ON;
            case ASSIGNED, DELEGATED, REORGANISED -> End.PASSED_ON;
            case CLOSED -> {
                boolean resolved = view.cycles().stream()
                        .filter(cycle -> leftAt.equals(cycle.closedAt()))
                        .map(Cycle::outcome)
                        .anyMatch(outcome -> outcome != null && outcome.isResolved());
                yield resolved ? End.RESOLVED : End.CLOSED;
            }
        };
    }

    private static @Nullable Span during(Visit visit, @Nullable Span span) {
        return span == null ? null : span.intersect(visit.held());
    }

    /** The stretches of a stay in which nobody worked: none overlaps another. */
    private List<Span> idle(Visit visit) {
        List<@Nullable Span> stretches = new ArrayList<>();
        Instant begun = visit.workedAt() == null ? visit.leftAt() : visit.workedAt();
        stretches.add(during(visit, new Span(visit.enteredAt(), begun)));
        for (Offer offer : view.offers()) {
            if (offer.from().equals(visit.holder())) {
                stretches.add(during(visit, new Span(offer.offeredAt(), offer.decidedAt())));
            }
        }
        for (Wait wait : view.waits()) {
            stretches.add(during(visit, new Span(wait.from(), wait.to())));
        }
        return united(stretches.stream().filter(Objects::nonNull).toList());
    }

    private static List<Span> united(Collection<Span> spans) {
        List<Span> united = new ArrayList<>();
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            Span last = united.isEmpty() ? null : united.get(united.size() - 1);
            if (last == null || (last.to() != null && last.to().isBefore(span.from()))) {
                united.add(span);
            } else if (last.to() != null && (span.to() == null || span.to().isAfter(last.to()))) {
                united.set(united.size() - 1, new Span(last.from(), span.to()));
            }
        }
        return united;
    }

    private void pauses() {
        for (Cycle cycle : view.cycles()) {
            for (Pause pause : cycle.resolution().pauses()) {
                held(Time.PAUSED, new Span(pause.from(), pause.to()));
            }
        }
        view.waits().forEach(wait -> held(Time.WAITED, new Span(wait.from(), wait.to())));
        view.overruns().forEach(overrun -> held(Time.OVERRUN, overrun));
    }

    private void held(Time kind, Span span) {
        for (Visit visit : view.visits()) {
            Span during = during(visit, span);
            cells.time(place, kind, during);
            cells.time(Party.holder(visit.holder()), kind, during);
        }
    }

    private void handover(Handover hop) {
        Party giver = Party.holder(hop.from());
        cells.add(place, hop.at(), Count.HANDOVERS_OUT);
        cells.add(giver, hop.at(), Count.HANDOVERS_OUT);
        cells.add(Party.holder(hop.to()), hop.at(), Count.HANDOVERS_IN);
        Tally.Builder pair = cells.between(giver, hop.to(), hop.at());
        pair.add(Count.PAIR_HOPS, 1);
        boolean back = view.returns().stream()
                .anyMatch(returned -> returned.at().equals(hop.at())
                        && returned.from().equals(hop.from())
                        && returned.unit().equals(hop.to()));
        if (back) {
            pair.add(Count.PAIR_RETURNS, 1);
        }
        if (hop.at().isBefore(view.curvesAsOf())) {
            view.visits().stream()
                    .filter(visit ->
                            visit.holder().equals(hop.from()) && hop.at().equals(visit.leftAt()))
                    .forEach(visit -> pair.add(
                            Count.PAIR_STAY, AgeBins.ofMillis(visit.counted().toMillis()), 1));
        }
    }

    private void offer(Offer offer) {
        Instant at = offer.offeredAt();
        if (!isOpenAt(at)) {
            // Nobody has to answer for a case that is closed.
            return;
        }
        Competence competence = Competence.of(offer.competent());
        Party giver = Party.holder(offer.from());
        Party receiver = Party.holder(offer.to());
        for (Party party : List.of(place, giver)) {
            cells.add(party, at, Count.OFFERED, competence.code());
            if (offer.late() != null) {
                cells.add(party, at, Count.OFFERED_IN_TIME_OR_LATE);
            }
            if (Boolean.TRUE.equals(offer.late())) {
                cells.add(party, at, Count.OFFERED_LATE);
            }
        }
        End end = end(offer.decision());
        if (end == End.TAKEN || end == End.DECLINED) {
            for (Party party : List.of(place, receiver)) {
                cells.add(party, at, Count.ANSWERED, competence.code());
                if (end == End.DECLINED) {
                    cells.add(party, at, Count.DECLINED, competence.code());
                }
            }
        }
        if (at.isBefore(view.curvesAsOf())) {
            int bin = AgeBins.ofMillis(offer.counted().toMillis());
            boolean ended = offer.decidedAt() != null && offer.decidedAt().isBefore(view.curvesAsOf());
            for (Party party : List.of(place, competence == Competence.NO ? giver : receiver)) {
                Tally.Builder cell = cells.on(party, at);
                if (ended) {
                    cell.add(Count.LIMBO_END, requireNonNull(end).code() * AgeBins.COUNT + bin, 1);
                } else {
                    cell.add(Count.LIMBO_OPEN, bin, 1);
                }
            }
        }
    }

    private boolean isOpenAt(Instant at) {
        return view.cycles().stream()
                .anyMatch(cycle ->
                        !at.isBefore(cycle.startedAt()) && (cycle.closedAt() == null || !at.isAfter(cycle.closedAt())));
    }

    private static @Nullable End end(Offer.@Nullable Decision decision) {
        return decision == null
                ? null
                : switch (decision) {
                    case ACCEPTED, TAKEN -> End.TAKEN;
                    case DECLINED -> End.DECLINED;
                    case RECALLED, REPLACED -> End.RECALLED;
                    case LAPSED -> End.LAPSED;
                    case CLOSED -> End.CLOSED;
                };
    }

    /** What was said to be done: where a source has no word for that, the closing says it, unless it says otherwise. */
    private List<Claim> claims() {
        List<Claim> claims = new ArrayList<>(view.claims());
        for (Cycle cycle : view.cycles()) {
            Instant closedAt = cycle.closedAt();
            Outcome outcome = cycle.outcome();
            if (closedAt == null || cycle.claimedAt() != null || outcome == null) {
                continue;
            }
            if (outcome.isResolved() || outcome == Outcome.UNKNOWN) {
                claims.add(new Claim(
                        cycle.number(),
                        closedAt,
                        cycle.lastHolder(),
                        cycle.heldSince(),
                        null,
                        false,
                        false,
                        List.of()));
            }
        }
        return claims;
    }

    private void claim(Claim claim) {
        Cycle cycle = view.cycles().get(claim.cycle() - 1);
        for (Party party : List.of(place, Party.holder(claim.by()))) {
            Tally.Builder cell = cells.on(party, claim.at());
            cell.add(Count.CLAIMED, 1);
            if (claim.judgedAt() != null) {
                cell.add(Count.CLAIM_JUDGED, 1);
            }
            if (claim.rejected()) {
                cell.add(Count.CLAIM_REJECTED, 1);
            }
            if (claim.heldSince() != null
                    && Duration.between(claim.heldSince(), claim.at()).compareTo(INSTANT_CLAIM) < 0) {
                cell.add(Count.CLAIM_INSTANT, 1);
            }
            if (!claim.evidence().isEmpty()) {
                cell.add(Count.CLAIM_WITH_EVIDENCE, 1);
                cell.add(Count.EVIDENCE, Set.copyOf(claim.evidence()).size());
            }
            Count last = lastOfTarget(claim, cycle);
            if (last != null) {
                cell.add(last, 1);
            }
        }
    }

    private static @Nullable Count lastOfTarget(Claim claim, Cycle cycle) {
        Duration used = cycle.resolution().used();
        Duration budget = cycle.resolution().budget();
        if (!claim.at().equals(cycle.stoppedAt())
                || claim.withdrawn()
                || cycle.verdict() != Verdict.MET
                || used == null
                || budget == null
                || budget.isZero()) {
            return null;
        }
        if (isMore(used, budget, 95)) {
            return Count.CLAIM_AT_LAST;
        }
        return isMore(used, budget, 90) ? Count.CLAIM_BEFORE_LAST : null;
    }

    private static boolean isMore(Duration used, Duration budget, int percent) {
        return used.multipliedBy(100).compareTo(budget.multipliedBy(percent)) > 0;
    }

    private void arrival(Arrival arrival) {
        Tally.Builder cell = cells.ofChannel(arrival.occurredAt()).add(Count.EVENTS_RECEIVED, 1);
        if (arrival.lateness() != null) {
            cell.add(Count.LATENESS, LatenessBins.of(arrival.lateness()), 1);
        }
    }
}
