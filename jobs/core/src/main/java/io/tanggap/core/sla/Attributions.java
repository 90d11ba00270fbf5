package io.tanggap.core.sla;

import io.tanggap.core.reference.Policy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who answers for a resolution under every rule. */
public final class Attributions {
    /** At most a quarter of the target was left: the constant of late dumps and of what is inherited. */
    public static final int LATE_PERCENT = 75;

    private Attributions() {}

    /**
     * Who answers for a judged resolution.
     *
     * @param charged who answered when, under CRM
     * @param story how much of it was told at the stop
     * @param stays of the cycle, in order
     * @param crop the territorial unit
     * @param origin the first holder
     * @param others the other clocks of the case: whoever handed on after its own deadline for deciding pays for it
     */
    public static Accountability of(
            Judgement judgement,
            Charges.Ledger charged,
            int story,
            List<Shares.Stay> stays,
            String crop,
            String origin,
            List<Clock> others) {
        Instant at = judgement.at();
        boolean stopped = judgement.run().stoppedAt() != null;
        int told = stopped ? story : Integer.MAX_VALUE;
        String crm = charged.at(at, told);
        boolean inherited = false;
        Duration budget = judgement.budget();
        Charges.Receipt receipt = charged.receipt(at, told, judgement.run().startedAt());
        if (receipt != null && budget != null && isLate(judgement.pace().counted(receipt.at()), budget)) {
            if (judgement.verdict().isMissed()
                    && missedDecision(receipt, judgement.run().cycle(), others) != null) {
                crm = receipt.giver();
            } else {
                inherited = true;
            }
        }
        boolean decided = stopped || judgement.verdict().isMissed();
        List<Share> share = decided
                ? Shares.of(stays, judgement.pace(), consumedUntil(judgement), crm)
                : List.of(new Share(crm, Share.WHOLE));
        return new Accountability(crm, inherited, crop, origin, share);
    }

    /** Up to when consumed time is shared out: what came after a miss did not cause it. */
    public static Instant consumedUntil(Judgement judgement) {
        Instant deadline = judgement.deadline();
        return judgement.verdict().isMissed() && deadline != null ? deadline : judgement.at();
    }

    /** Whether so much of a target was used that whoever gets the case then inherits it. */
    public static boolean isLate(Duration used, Duration budget) {
        return used.multipliedBy(100).compareTo(budget.multipliedBy(LATE_PERCENT)) >= 0;
    }

    /** The giver's own deadline for deciding about the case, if it gave the case away after it, whatever it did before. */
    public static @Nullable Clock missedDecision(Charges.Receipt receipt, int cycle, List<Clock> others) {
        for (Clock clock : others) {
            boolean forDeciding = clock.target() == Target.HANDOVER || clock.target() == Target.TRIAGE;
            Instant deadline = clock.deadline();
            if (forDeciding
                    && clock.cycle() == cycle
                    && clock.charged().equals(receipt.giver())
                    && deadline != null
                    && deadline.isBefore(receipt.at())) {
                return clock;
            }
        }
        return null;
    }
}
