-- How much of a target was used when a case was offered, and when it was claimed to be done; and what became of claims.

CREATE MACRO used_by(of_hearing, up_to) AS (
    SELECT coalesce(sum(age_ms(counted.since, least(counted.until, up_to))), 0)
    FROM counted
    WHERE counted.hearing = of_hearing AND counted.since < up_to
);

-- Offers while a target of the resolution ran and the case was not claimed yet; late with three quarters or more of it used.
CREATE TABLE late_offers AS
WITH paced AS (
    SELECT offers.case_id, step, slot, offers.since, max(turns.cycle) AS cycle
    FROM offers JOIN turns ON turns.case_id = offers.case_id AND (turns.cycle = 1 OR turns.started_at <= offers.since)
    GROUP BY ALL
)
SELECT
    case_id, step, slot,
    CASE WHEN stated IS NULL THEN used_by(hearing, since) ELSE age_ms(started_at, since) END * 100 >= budget_ms * 75 AS is_late
FROM paced
JOIN judged USING (case_id, cycle)
WHERE target = 'RESOLUTION' AND budget_ms > 0 AND (stopped_at IS NULL OR stopped_at >= since);

-- A validator judges a claim while it stands: it agrees, or rejects it, which reopening a case that is not closed does too. That a
-- state shows the case to be open withdraws the claim, and judges nothing. Where nobody claims, the closing is a claim, unless its
-- outcome says that nothing was done. The claimant has had the case since it came into its hands; if only what claims shows that
-- it did, since it was offered to it.
CREATE TABLE claims AS
WITH said AS (
    SELECT
        log.case_id, log.step, log.slot, life.cycle, log.since AS claimed_at, log.unit AS claimant,
        coalesce(len(evidence), 0) > 0 AS has_evidence,
        lead(log.step) OVER (PARTITION BY log.case_id ORDER BY log.step, log.slot) AS until_step,
        lead(log.what) OVER (PARTITION BY log.case_id ORDER BY log.step, log.slot) AS until_what
    FROM log
    JOIN life USING (case_id, step)
    JOIN told USING (case_id, step)
    WHERE what IN ('CLAIMED', 'CLAIM_WITHDRAWN', 'REOPENED', 'REOPENED_LATE')
    QUALIFY what = 'CLAIMED'
),
agreed AS (
    SELECT DISTINCT said.case_id, said.step
    FROM said
    JOIN told ON told.case_id = said.case_id AND told.step >= said.step AND coalesce(told.step < until_step, true)
    WHERE type = 'ResolutionValidated'
),
all_claims AS (
    SELECT
        said.case_id, said.step, slot, said.cycle, said.claimed_at, claimant, has_evidence,
        yes(until_what = 'CLAIM_WITHDRAWN') AS withdrawn,
        withdrawn AND ending.type <> 'SnapshotObserved' AS rejected,
        agreed.step IS NOT NULL OR yes(rejected) AS judged
    FROM said
    LEFT JOIN agreed ON agreed.case_id = said.case_id AND agreed.step = said.step
    LEFT JOIN told AS ending ON ending.case_id = said.case_id AND ending.step = until_step
    UNION ALL
    SELECT turns.case_id, closings.step, slot, cycle, closed_at, last_holder, false, false, false, false
    FROM turns
    JOIN outcomes USING (outcome)
    JOIN (SELECT case_id, step, slot FROM log WHERE what = 'CLOSED') AS closings
        ON closings.case_id = turns.case_id AND closings.step = stop_step
    WHERE closed_at IS NOT NULL AND claimed_at IS NULL AND (resolved OR outcome = 'UNKNOWN')
),
held AS (
    SELECT
        all_claims.case_id, all_claims.step, all_claims.slot,
        CASE WHEN stays.step < all_claims.step THEN stays.since ELSE offers.since END AS held_since
    FROM all_claims
    JOIN stays ON stays.case_id = all_claims.case_id AND (stays.step, stays.slot) < (all_claims.step, all_claims.slot)
    LEFT JOIN offers ON offers.case_id = stays.case_id AND offers.until_step = stays.step AND offers.ended = 'TAKEN'
    QUALIFY row_number() OVER (
        PARTITION BY all_claims.case_id, all_claims.step, all_claims.slot ORDER BY stays.step DESC, stays.slot DESC) = 1
)
SELECT
    all_claims.case_id, claimed_at, claimant, held_since, judged, yes(rejected) AS rejected, has_evidence,
    CASE
        WHEN withdrawn OR claimed_at <> stopped_at OR verdict <> 'MET' THEN NULL
        WHEN stated IS NULL THEN used_by(hearing, claimed_at)
        ELSE age_ms(started_at, claimed_at)
    END AS used_ms,
    budget_ms
FROM all_claims
JOIN held USING (case_id, step, slot)
JOIN judged AS resolution ON resolution.case_id = all_claims.case_id AND resolution.cycle = all_claims.cycle AND target = 'RESOLUTION';
