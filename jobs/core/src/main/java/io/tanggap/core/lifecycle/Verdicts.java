package io.tanggap.core.lifecycle;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.lifecycle.Custody.Stay;
import io.tanggap.core.lifecycle.Reasons.Answer;
import io.tanggap.core.lifecycle.Reasons.Judged;
import io.tanggap.core.lifecycle.Trail.Claim;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            Instant asOf) {
        this.reference = reference;
        this.channel = channel;
        this.category = category;
        this.territory = territory;
        this.submittedAt = submittedAt;
        this.custody = custody;
        this.trail = trail;
        charged = custody.charges().settle(reference, category, territory, asOf);
        judge = new Judge(reference, category, channel, trail.waits(), asOf);
    }

    static Verdicts of(
            Reference reference,
            String channel,
            @Nullable String category,
            @Nullable String territory,
            Instant submittedAt,
            Custody custody,
            Trail trail,
            Instant asOf) {
        Verdicts verdicts = new Verdicts(reference, channel, category, territory, submittedAt, custody, trail, asOf);
        verdicts.judge();
        return verdicts;
    }

    List<Cycle> cycles() {
        return cycles;
    }

    List<Clock> clocks() {
        return clocks;
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
        clocks.sort(Comparator.comparingInt(Clock::cycle)
                .thenComparing(Clock::target)
                .thenComparingInt(Clock::number));
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

    private String taskOf() {
        return requireNonNullElse(
                reference.competent(category, territory, submittedAt).orElse(null), "");
    }

    private void triage() {
        Stay first = custody.stays().get(0);
        if (first.holder().equals(CaseFold.INTAKE_DESK + channel)) {
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
                taskOf(),
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
            if (coordinates && !stay.holder().equals(CaseFold.INTAKE_DESK + channel)) {
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

    /** Who is competent for an offer is asked when all is known of the problem. */
    List<Offer> offers() {
        return custody.offers().stream()
                .map(offer -> new Offer(
                        offer.number(),
                        offer.from(),
                        offer.to(),
                        offer.offeredAt(),
                        reference.isCompetent(offer.to(), category, territory, offer.offeredAt()),
                        offer.decidedAt(),
                        offer.decision()))
                .toList();
    }

    private void acceptance() {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (Offer offer : offers()) {
            boolean decided = offer.decision() == Offer.Decision.ACCEPTED
                    || offer.decision() == Offer.Decision.TAKEN
                    || offer.decision() == Offer.Decision.DECLINED;
            int cycle = cycleAt(offer.offeredAt());
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

    /** A stretch in which an agency held a case, delegated or not, and how it ended. */
    private record Keeping(
            String holder,
            Instant from,
            @Nullable Instant to,
            @Nullable Instant toAfter,
            @Nullable End ended) {}

    private void dwell() {
        Map<String, List<Keeping>> keepings = new LinkedHashMap<>();
        Map<String, Stay> first = new HashMap<>();
        String keeper = "";
        for (Stay stay : custody.stays()) {
            boolean goesOn = stay.entry() == Entry.DELEGATED || stay.entry() == Entry.REORGANISED;
            keeper = goesOn && !keeper.isEmpty() ? keeper : stay.cycle() + "|" + stay.holder();
            List<Keeping> own = keepings.computeIfAbsent(keeper, key -> new ArrayList<>());
            first.putIfAbsent(keeper, stay);
            Keeping last = goesOn && !own.isEmpty() ? own.remove(own.size() - 1) : null;
            boolean receives = stay.entry() == Entry.REORGANISED && stay.depth() == 0;
            own.add(new Keeping(
                    receives || last == null ? stay.holder() : last.holder(),
                    last == null ? stay.enteredAt() : last.from(),
                    stay.leftAt(),
                    stay.leftAfter(),
                    stay.ended()));
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        keepings.forEach((key, own) -> {
            Stay stay = requireNonNull(first.get(key));
            if (!stay.holder().equals(CaseFold.INTAKE_DESK + channel)) {
                dwell(stay, own, numbers.merge(stay.cycle(), 1, Integer::sum));
            }
        });
    }

    private void dwell(Stay stay, List<Keeping> own, int number) {
        List<Span> away = new ArrayList<>();
        for (int i = 1; i < own.size(); i++) {
            away.add(new Span(requireNonNull(own.get(i - 1).to()), own.get(i).from()));
        }
        Keeping last = own.get(own.size() - 1);
        Turn turn = trail.cycles().get(stay.cycle() - 1);
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
        Instant stopped = stop;
        away.removeIf(span -> stopped != null && !span.from().isBefore(stopped));
        add(
                judge.judge(new Run(
                        Target.DWELL,
                        stay.cycle(),
                        number,
                        stay.holder(),
                        stay.enteredAt(),
                        null,
                        stop,
                        stopAfter,
                        done ? Verdict.MET : Verdict.HANDED_ON,
                        away)),
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
                    new Run(Target.UPDATE, number, 1, taskOf(), from, null, next, null, Verdict.MET, List.of()));
            if (latched.allowance() == null || latched.verdict().isMissed() || next == null || next.equals(end)) {
                break;
            }
            from = next;
        }
        add(requireNonNull(latched), charged.at(latched.at(), Integer.MAX_VALUE));
    }

    private void validation(Turn turn, int number) {
        int claims = 0;
        for (Claim claim : turn.claims()) {
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
            Claim claim = turn.claims().get(i);
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
                taskOf(),
                turn.startedAt(),
                turn.statedDeadline(),
                turn.stoppedAt(),
                turn.stoppedAfter(),
                Verdict.MET,
                List.of()));
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
                requireNonNullElse(turn.lastHolder(), custody.holder()));
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
                stays(number),
                Shares.consumed(stays(number), resolution.pace(), Attributions.consumedUntil(resolution)));
    }

    private String origin() {
        String desk = CaseFold.INTAKE_DESK + channel;
        return custody.stays().stream()
                .map(Stay::holder)
                .filter(holder -> !holder.equals(desk))
                .findFirst()
                .orElse(desk);
    }
}
