package io.tanggap.core.lifecycle;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.lifecycle.Custody.Stay;
import io.tanggap.core.lifecycle.Reasons.Answer;
import io.tanggap.core.lifecycle.Reasons.Judged;
import io.tanggap.core.lifecycle.Trail.Claimed;
import io.tanggap.core.lifecycle.Trail.Turn;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.sla.Attributions;
import io.tanggap.core.sla.Charges;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Judge;
import io.tanggap.core.sla.Judgement;
import io.tanggap.core.sla.Run;
import io.tanggap.core.sla.Shares;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a case, judged when its story is told: the resolution of each cycle with whoever answers for it, and every
 * other target that a policy names. Of those, what there is one of:
 *
 * <pre>
 *   TRIAGE          a case that came to an intake desk, until it was placed, verified, assigned or ended
 *   FIRST_RESPONSE  a case, until the city's first public reply
 *   UPDATE          a cycle, from one sign of progress to the next: the first that came too late decides
 *   HANDOVER        a stay of a holder that had not said that it takes the case, until it first did something about it
 *   ACCEPTANCE      an offer, until the receiver decided
 *   DWELL           a holder in a cycle: a return goes on with what was left, and handing on is never keeping it
 *   VALIDATION      a claim, until a validator judged it
 *   REDO            a rejected claim, until the next
 * </pre>
 */
final class Verdicts {
    private final Reference reference;
    private final String channel;
    private final @Nullable String category;
    private final @Nullable String territory;
    private final Instant submittedAt;
    private final Custody custody;
    private final Trail trail;
    private final Charges.Ledger charged;
    private final Judge judge;
    private final @Nullable String competent;
    private final Instant midnight;
    private List<Offer> offers;
    private final List<Judgement> resolutions = new ArrayList<>();
    private final List<Clock> clocks = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();
    private final List<Cycle> cycles = new ArrayList<>();

    private Verdicts(
            Reference reference,
            String channel,
            @Nullable String category,
            @Nullable String territory,
            Instant submittedAt,
            Custody custody,
            Trail trail,
            Instant midnight,
            Instant asOf) {
        this.reference = reference;
        this.channel = channel;
        this.category = category;
        this.territory = territory;
        this.submittedAt = submittedAt;
        this.custody = custody;
        this.trail = trail;
        this.midnight = midnight;
        charged = custody.charges().settle(reference, category, territory, asOf);
        judge = new Judge(reference, category, channel, trail.waits(), asOf);
        competent = reference.competent(category, territory, submittedAt).orElse(null);
        offers = custody.offers().stream()
                .map(offer -> offer.judged(reference.isCompetent(offer.to(), category, territory, offer.offeredAt())))
                .toList();
    }

    /** @param midnight the last local one, as of which is told how long what goes on has lasted */
    static Verdicts of(
            Reference reference,
            String channel,
            @Nullable String category,
            @Nullable String territory,
            Instant submittedAt,
            Custody custody,
            Trail trail,
            Instant midnight,
            Instant asOf) {
        Verdicts verdicts =
                new Verdicts(reference, channel, category, territory, submittedAt, custody, trail, midnight, asOf);
        verdicts.judge();
        return verdicts;
    }

    List<Cycle> cycles() {
        return cycles;
    }

    List<Clock> clocks() {
        return clocks;
    }

    /** Whose task the case was at its submission; null where the reference says nothing of it. */
    @Nullable
    String competent() {
        return competent;
    }

    /** The offers, with who was competent, which is asked when all is known of the problem. */
    List<Offer> offers() {
        return offers;
    }

    List<Visit> visits() {
        return custody.stays().stream()
                .map(stay -> stay.visit(counted(stay.cycle(), untilClaim(stay))))
                .toList();
    }

    /** Whoever has done its part does not keep the case any more. */
    private Span untilClaim(Stay stay) {
        Instant claimedAt = trail.cycles().get(stay.cycle() - 1).claimedAt();
        Instant leftAt = stay.leftAt();
        boolean claims = claimedAt != null
                && !claimedAt.isBefore(stay.enteredAt())
                && (leftAt == null || claimedAt.isBefore(leftAt));
        return claims ? new Span(stay.enteredAt(), claimedAt) : stay.held();
    }

    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (int number = 1; number <= trail.cycles().size(); number++) {
            for (Claimed claim : trail.cycles().get(number - 1).claims()) {
                claims.add(claim.of(number));
            }
        }
        return claims;
    }

    /** Whether the case was its first holder's task when it was submitted; null where the reference says nothing of it. */
    @Nullable
    Boolean originCompetent() {
        return reference.isCompetent(origin(), category, territory, submittedAt);
    }

    /** The hops that went back to a house that the case had left in the same cycle; the last leaving counts. */
    List<Return> returns() {
        List<Return> returns = new ArrayList<>();
        List<Handover> hops = custody.handovers();
        for (int i = 1; i < hops.size(); i++) {
            Handover back = hops.get(i);
            int cycle = back.cycle();
            for (int j = i - 1; cycle > 0 && j >= 0 && hops.get(j).cycle() == cycle; j--) {
                String left = hops.get(j).from();
                if (left.equals(back.to()) || reference.isSameAgency(left, back.to(), back.at())) {
                    returns.add(new Return(cycle, back.at(), back.to(), back.from(), j == i - 1));
                    break;
                }
            }
        }
        return returns;
    }

    /** How long a stretch lasted until its end or the last midnight, in the time of the cycle's resolution. */
    private Duration counted(int cycle, Span span) {
        Instant to = span.to() == null || span.to().isAfter(midnight) ? midnight : span.to();
        return span.from().isBefore(to)
                ? resolutions.get(cycle - 1).pace().time().elapsed(span.from(), to)
                : Duration.ZERO;
    }

    private Offer timed(Offer offer) {
        int cycle = cycleAt(offer.offeredAt());
        Judgement resolution = resolutions.get(cycle - 1);
        Duration budget = resolution.budget();
        Instant stoppedAt = trail.cycles().get(cycle - 1).stoppedAt();
        boolean runs =
                budget != null && !budget.isZero() && (stoppedAt == null || !stoppedAt.isBefore(offer.offeredAt()));
        return offer.timed(
                counted(cycle, new Span(offer.offeredAt(), offer.decidedAt())),
                runs
                        ? Attributions.isLate(resolution.pace().counted(offer.offeredAt()), requireNonNull(budget))
                        : null);
    }

    Charges.Ledger charged() {
        return charged;
    }

    @Nullable
    Instant nextChange() {
        Instant ofClocks = judge.nextChange();
        Instant ofCharges = charged.changesAt();
        return ofClocks == null || (ofCharges != null && ofCharges.isBefore(ofClocks)) ? ofCharges : ofClocks;
    }

    private void judge() {
        triage();
        firstResponse();
        handover();
        acceptance();
        dwell();
        for (int number = 1; number <= trail.cycles().size(); number++) {
            Turn turn = trail.cycles().get(number - 1);
            update(turn, number);
            validation(turn, number);
            redo(turn, number);
            cycles.add(cycle(turn, number));
        }
        offers = offers.stream().map(this::timed).toList();
        clocks.sort(Clock.ORDER);
    }

    private void add(Judgement judgement, String party) {
        if (judgement.allowance() != null) {
            clocks.add(judged(judgement, party));
        }
    }

    private Clock judged(Judgement judgement, String party) {
        Clock clock = judgement.clock(party);
        judged.add(new Judged(clock, judgement));
        return clock;
    }

    /** Every clock, that of a resolution too, with the judgement that it rests on. */
    List<Judged> judged() {
        return judged;
    }

    private void triage() {
        Stay first = custody.stays().get(0);
        if (custody.isDesk(first.holder())) {
            add(
                    judge.judge(new Run(
                            Target.TRIAGE,
                            1,
                            1,
                            first.holder(),
                            submittedAt,
                            null,
                            trail.triagedAt(),
                            trail.triagedAfter(),
                            Verdict.MET,
                            List.of())),
                    first.holder());
        }
    }

    private void firstResponse() {
        Turn turn = trail.cycles().get(0);
        Instant response = trail.firstResponseAt();
        Instant end = turn.closedAt();
        boolean answered = response != null && (end == null || !response.isAfter(end));
        Judgement judgement = judge.judge(new Run(
                Target.FIRST_RESPONSE,
                1,
                1,
                competent,
                submittedAt,
                null,
                answered ? response : end,
                answered ? null : turn.stoppedAfter(),
                answered ? Verdict.MET : Verdict.CANCELLED,
                List.of()));
        add(judgement, charged.at(judgement.at(), Integer.MAX_VALUE));
    }

    private void handover() {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (Stay stay : custody.stays()) {
            boolean coordinates =
                    stay.entry() == Entry.SUBMITTED || stay.entry() == Entry.ASSIGNED || stay.entry() == Entry.REOPENED;
            if (coordinates && !custody.isDesk(stay.holder())) {
                // Whoever took the case away decided in its place.
                boolean taken = stay.decidedAt() == null;
                add(
                        judge.judge(new Run(
                                Target.HANDOVER,
                                stay.cycle(),
                                numbers.merge(stay.cycle(), 1, Integer::sum),
                                stay.holder(),
                                stay.enteredAt(),
                                null,
                                taken ? stay.leftAt() : stay.decidedAt(),
                                taken ? stay.leftAfter() : stay.decidedAfter(),
                                taken ? Verdict.CANCELLED : Verdict.MET,
                                List.of())),
                        stay.holder());
            }
        }
    }

    private int cycleAt(Instant at) {
        int number = 1;
        while (number < trail.cycles().size()
                && !trail.cycles().get(number).startedAt().isAfter(at)) {
            number++;
        }
        return number;
    }

    private void acceptance() {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (Offer offer : offers) {
            boolean decided = offer.decision() == Offer.Decision.ACCEPTED
                    || offer.decision() == Offer.Decision.TAKEN
                    || offer.decision() == Offer.Decision.DECLINED;
            int cycle = cycleAt(offer.offeredAt());
            Instant closedAt = trail.cycles().get(cycle - 1).closedAt();
            if (closedAt != null && closedAt.isBefore(offer.offeredAt())) {
                // Nobody has to answer for a case that is closed.
                continue;
            }
            add(
                    judge.judge(new Run(
                            Target.ACCEPTANCE,
                            cycle,
                            numbers.merge(cycle, 1, Integer::sum),
                            offer.to(),
                            offer.offeredAt(),
                            null,
                            offer.decidedAt(),
                            null,
                            decided ? Verdict.MET : Verdict.CANCELLED,
                            List.of())),
                    Boolean.FALSE.equals(offer.competent()) ? offer.from() : offer.to());
        }
    }

    /**
     * A stretch in which a unit had to see to a case, and how it ended. A competent receiver has to from the offer on, whether
     * or not it picks the case up, and the giver no more; any other from when it has the case.
     *
     * @param toAfter after when it ended, where only a poll saw it
     * @param away while a competent receiver let the giver wait in vain
     */
    private record Keeping(
            int cycle,
            String holder,
            Entry entry,
            int depth,
            Instant from,
            @Nullable Instant to,
            @Nullable Instant toAfter,
            @Nullable End ended,
            List<Span> away) {

        Keeping until(Instant end) {
            return new Keeping(cycle, holder, entry, depth, from, end, null, End.HANDED_ON, away);
        }

        /** The stretch that another one in the same house, or its successor, goes on with. */
        Keeping with(Keeping next) {
            boolean receives = next.entry == Entry.REORGANISED && next.depth == 0;
            List<Span> both = new ArrayList<>(away);
            both.addAll(next.away);
            return new Keeping(
                    cycle,
                    receives ? next.holder : holder,
                    entry,
                    depth,
                    from,
                    next.to,
                    next.toAfter,
                    next.ended,
                    both);
        }
    }

    private List<Keeping> keepings() {
        List<Keeping> keepings = new ArrayList<>();
        for (Stay stay : custody.stays()) {
            Instant offeredAt = stay.offeredAt();
            Instant from = stay.enteredAt();
            if (offeredAt != null && answers(stay.holder(), offeredAt)) {
                from = handOver(keepings, offeredAt);
            }
            keepings.add(new Keeping(
                    stay.cycle(),
                    stay.holder(),
                    stay.entry(),
                    stay.depth(),
                    from,
                    stay.leftAt(),
                    stay.leftAfter(),
                    stay.ended(),
                    waitedInVain(stay)));
        }
        String receiver = custody.offeredTo();
        Instant offeredAt = custody.offeredAt();
        Keeping last = keepings.get(keepings.size() - 1);
        if (receiver != null && offeredAt != null && last.to() == null && answers(receiver, offeredAt)) {
            Instant from = handOver(keepings, offeredAt);
            keepings.add(new Keeping(last.cycle(), receiver, Entry.TAKEN, 0, from, null, null, null, List.of()));
        }
        return keepings;
    }

    /** The giver has seen to the case until it offered it; an offer from before it had it counts from then. */
    private static Instant handOver(List<Keeping> keepings, Instant offeredAt) {
        int giver = keepings.size() - 1;
        Instant from = keepings.get(giver).from();
        Instant at = offeredAt.isBefore(from) ? from : offeredAt;
        keepings.set(giver, keepings.get(giver).until(at));
        return at;
    }

    private List<Span> waitedInVain(Stay stay) {
        List<Span> away = new ArrayList<>();
        for (Offer offer : custody.offers()) {
            Instant until = offer.decidedAt();
            boolean refused = offer.decision() == Offer.Decision.LAPSED
                    || (offer.decision() == Offer.Decision.DECLINED
                            && until != null
                            && Boolean.TRUE.equals(reference.isCompetent(offer.to(), category, territory, until)));
            Span during = !refused || !answers(offer.to(), offer.offeredAt())
                    ? null
                    : new Span(offer.offeredAt(), until).intersect(stay.held());
            if (during != null) {
                away.add(during);
            }
        }
        return away;
    }

    private boolean answers(String unit, Instant at) {
        return !Boolean.FALSE.equals(reference.isCompetent(unit, category, territory, at));
    }

    private void dwell() {
        Map<Keeper, List<Keeping>> keepers = new LinkedHashMap<>();
        Keeper keeper = null;
        for (Keeping keeping : keepings()) {
            boolean goesOn = keeping.entry() == Entry.DELEGATED || keeping.entry() == Entry.REORGANISED;
            if (goesOn && keeper != null && !custody.isDesk(keeper.unit())) {
                List<Keeping> before = requireNonNull(keepers.get(keeper));
                before.add(before.remove(before.size() - 1).with(keeping));
            } else {
                keeper = new Keeper(keeping.cycle(), keeping.holder());
                keepers.computeIfAbsent(keeper, key -> new ArrayList<>()).add(keeping);
            }
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        keepers.forEach((unit, own) -> {
            if (!custody.isDesk(unit.unit())) {
                dwell(unit, own, numbers.merge(unit.cycle(), 1, Integer::sum));
            }
        });
    }

    /** The unit that a house received a case by, in a cycle. */
    private record Keeper(int cycle, String unit) {}

    private void dwell(Keeper keeper, List<Keeping> own, int number) {
        Keeping first = own.get(0);
        List<Span> away = new ArrayList<>(first.away());
        for (int i = 1; i < own.size(); i++) {
            away.add(new Span(requireNonNull(own.get(i - 1).to()), own.get(i).from()));
            away.addAll(own.get(i).away());
        }
        Keeping last = own.get(own.size() - 1);
        Turn turn = trail.cycles().get(keeper.cycle() - 1);
        Instant stop = last.to();
        Instant stopAfter = last.toAfter();
        // A claim that stands ends it, unless the case has gone to somebody else before.
        Instant claimedAt = turn.claimedAt();
        boolean done = last.ended() == null || last.ended() == End.CLOSED || last.ended() == End.DELEGATED;
        if (claimedAt != null && !claimedAt.isBefore(last.from()) && (stop == null || !claimedAt.isAfter(stop))) {
            stop = claimedAt;
            stopAfter = turn.stoppedAfter();
            done = true;
        }
        Span run = new Span(first.from(), stop);
        add(
                judge.judge(new Run(
                        Target.DWELL,
                        keeper.cycle(),
                        number,
                        keeper.unit(),
                        run.from(),
                        null,
                        stop,
                        stopAfter,
                        done ? Verdict.MET : Verdict.HANDED_ON,
                        away.stream()
                                .map(run::intersect)
                                .filter(Objects::nonNull)
                                .toList())),
                last.holder());
    }

    private void update(Turn turn, int number) {
        Instant from = number == 1 ? trail.firstResponseAt() : turn.startedAt();
        Instant end = turn.stoppedAt();
        if (from == null || (end != null && !from.isBefore(end))) {
            return;
        }
        Instant start = from;
        List<Instant> signs = new ArrayList<>(turn.told());
        signs.removeIf(sign -> !sign.isAfter(start) || (end != null && sign.isAfter(end)));
        Judgement latched = null;
        for (int i = 0; i <= signs.size(); i++) {
            Instant next = i < signs.size() ? signs.get(i) : end;
            latched = judge.judge(
                    new Run(Target.UPDATE, number, 1, competent, from, null, next, null, Verdict.MET, List.of()));
            if (latched.allowance() == null || latched.verdict().isMissed() || next == null || next.equals(end)) {
                break;
            }
            from = next;
        }
        add(requireNonNull(latched), charged.at(latched.at(), Integer.MAX_VALUE));
    }

    private void validation(Turn turn, int number) {
        int claims = 0;
        for (Claimed claim : turn.claims()) {
            claims++;
            boolean judged = claim.judgedAt() != null;
            Instant end = judged ? claim.judgedAt() : claim.withdrawn() ? claim.claimedAt() : turn.closedAt();
            add(
                    judge.judge(new Run(
                            Target.VALIDATION,
                            number,
                            claims,
                            CaseFold.VALIDATORS + channel,
                            claim.claimedAt(),
                            null,
                            end,
                            null,
                            judged ? Verdict.MET : Verdict.CANCELLED,
                            List.of())),
                    CaseFold.VALIDATORS + channel);
        }
    }

    private void redo(Turn turn, int number) {
        int rejections = 0;
        for (int i = 0; i < turn.claims().size(); i++) {
            Claimed claim = turn.claims().get(i);
            String holder = claim.rejectedHolder();
            if (holder == null) {
                continue;
            }
            rejections++;
            Instant next =
                    i + 1 < turn.claims().size() ? turn.claims().get(i + 1).claimedAt() : turn.closedAt();
            add(
                    judge.judge(new Run(
                            Target.REDO,
                            number,
                            rejections,
                            holder,
                            requireNonNull(claim.judgedAt()),
                            null,
                            next,
                            null,
                            Verdict.MET,
                            List.of())),
                    holder);
        }
    }

    private Cycle cycle(Turn turn, int number) {
        Judgement judgement = judge.judge(new Run(
                Target.RESOLUTION,
                number,
                1,
                competent,
                turn.startedAt(),
                turn.statedDeadline(),
                turn.stoppedAt(),
                turn.stoppedAfter(),
                // Nobody kept a target before there was a complaint.
                turn.timed() ? Verdict.MET : Verdict.UNDECIDABLE,
                List.of()));
        resolutions.add(judgement);
        Accountability accountable = Attributions.of(
                judgement,
                charged,
                turn.storyAtStop(),
                stays(number),
                requireNonNullElse(territory, Accountability.UNLOCATED),
                origin(),
                clocks);
        return new Cycle(
                number,
                turn.startedAt(),
                turn.late(),
                turn.claimedAt(),
                turn.closedAt(),
                turn.outcome(),
                turn.timed(),
                judged(judgement, accountable.crm()),
                accountable,
                turn.firstHolder(),
                requireNonNullElse(turn.lastHolder(), custody.holder()),
                turn.heldSince(),
                turn.rating());
    }

    private List<Shares.Stay> stays(int cycle) {
        return custody.stays().stream()
                .filter(stay -> stay.cycle() == cycle)
                .map(stay -> new Shares.Stay(stay.holder(), stay.held()))
                .toList();
    }

    /** What the attribution of a resolution rests on. */
    Answer answer(Judgement resolution) {
        int number = resolution.run().cycle();
        boolean stopped = resolution.run().stoppedAt() != null;
        int told = stopped ? trail.cycles().get(number - 1).storyAtStop() : Integer.MAX_VALUE;
        Charges.Receipt receipt =
                charged.receipt(resolution.at(), told, resolution.run().startedAt());
        return new Answer(
                number,
                resolution.at(),
                charged.at(resolution.at(), told),
                receipt,
                receipt == null ? null : resolution.pace().counted(receipt.at()),
                receipt == null ? null : Attributions.missedDecision(receipt, number, clocks),
                stays(number),
                Shares.consumed(stays(number), resolution.pace(), Attributions.consumedUntil(resolution)));
    }

    private String origin() {
        List<Stay> stays = custody.stays();
        return stays.stream()
                .map(Stay::holder)
                .filter(holder -> !custody.isDesk(holder))
                .findFirst()
                .orElse(stays.get(0).holder());
    }
}
