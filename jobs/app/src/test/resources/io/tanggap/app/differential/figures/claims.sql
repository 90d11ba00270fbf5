-- Figures: counts.claimed, counts.claim_*
-- Claims on the day of the claim, for the place and for the claimant: those that a validator judged, and of these the rejected ones;
-- those less than ten minutes after the claimant had the case; those with evidence; and of those that stand, in time, the ones
-- with more than 90 or 95 percent of the target used.
WITH parties AS (
    SELECT claims.*, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit FROM claims JOIN cases USING (case_id)
    UNION ALL
    SELECT *, 'HOLDER', 'CRM', claimant FROM claims
),
counted AS (
    SELECT
        *,
        unnest([
            'claimed',
            CASE WHEN judged THEN 'claim_judged' END,
            CASE WHEN rejected THEN 'claim_rejected' END,
            CASE WHEN age_ms(held_since, claimed_at) < 600_000 THEN 'claim_instant' END,
            CASE WHEN has_evidence THEN 'claim_with_evidence' END,
            CASE
                WHEN budget_ms = 0 THEN NULL
                WHEN used_ms * 100 > budget_ms * 95 THEN 'claim_at_last'
                WHEN used_ms * 100 > budget_ms * 90 THEN 'claim_before_last'
            END
        ]) AS name
    FROM parties
)
SELECT case_id, role, rule, unit, claimed_at::DATE AS day, 'counts.' || name AS name, 1 AS value
FROM counted
WHERE name IS NOT NULL
