package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.sla.Charges;
import io.tanggap.core.sla.Charges.Receipt;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Judgement;
import io.tanggap.core.sla.Shares;
import io.tanggap.core.sla.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A view with all that it rests on, for people who want to check it. What is here is what the fold itself went by, not
 * another computation of it.
 *
 * @param begun how the case stood when it was submitted
 * @param told the events that count, in order, and how the case stood after each
 * @param waits in order, whether or not a clock stood still for them
 * @param judged every clock of the view by cycle, target and number, those of the resolutions among them
 * @param charges what may have moved the charge under CRM, in order
 * @param answers what the attribution of each resolution rests on, by cycle
 */
public record Reasons(
        CaseView view,
        Standing begun,
        List<Told> told,
        List<Wait> waits,
        List<Judged> judged,
        List<Charges.Step> charges,
        List<Answer> answers) {
    public Reasons {
        told = List.copyOf(told);
        waits = List.copyOf(waits);
        judged = List.copyOf(judged);
        charges = List.copyOf(charges);
        answers = List.copyOf(answers);
    }

    /**
     * How a case stands between two events.
     *
     * @param cycle number of the cycle
     * @param claimedAt the claim that stands
     */
    public record Standing(
            Progress progress,
            int cycle,
            String holder,
            @Nullable String offeredTo,
            @Nullable String category,
            @Nullable String territory,
            @Nullable Instant statedDeadline,
            @Nullable Instant claimedAt) {}

    /**
     * What an event did.
     *
     * @param again whether it is a poll that found what the one before found, and so nothing happened
     * @param anomalies what was odd about it
     */
    public record Told(CaseEvent event, Standing after, boolean again, Set<Anomaly> anomalies) {
        public Told {
            anomalies = Collections.unmodifiableSet(new TreeSet<>(anomalies));
        }
    }

    /** A clock, and the judgement that it is a part of. */
    public record Judged(Clock clock, Judgement judgement) {}

    /**
     * Who answers for a resolution, and why.
     *
     * @param at the instant that decides under CRM
     * @param party who answered then
     * @param receipt how that party had come to answer; null where it had from the start of the cycle, or before in it
     * @param usedAtReceipt what the clock had counted then
     * @param missedDecision the giver's own clock for deciding, if it gave the case away after that was due
     * @param stays of the cycle, in order
     * @param consumed what it counted while each unit held the case, in milliseconds: what SHARE divides by
     */
    public record Answer(
            int cycle,
            Instant at,
            String party,
            @Nullable Receipt receipt,
            @Nullable Duration usedAtReceipt,
            @Nullable Clock missedDecision,
            List<Shares.Stay> stays,
            Map<String, Long> consumed) {
        public Answer {
            stays = List.copyOf(stays);
            consumed = Collections.unmodifiableMap(new LinkedHashMap<>(consumed));
        }
    }
}
