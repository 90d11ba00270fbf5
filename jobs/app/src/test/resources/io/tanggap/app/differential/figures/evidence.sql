-- Figures: counts.evidence, counts.evidence_reused
-- Pieces of evidence on the day of the claim, for the place and for the claimant; and those that had been handed in before with
-- a claim of another case. Of claims at one instant that of the lesser case id is the earlier.
WITH parties AS (
    SELECT handed_in.*, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit FROM handed_in JOIN cases USING (case_id)
    UNION ALL
    SELECT *, 'HOLDER', 'CRM', claimant FROM handed_in
)
SELECT case_id, role, rule, unit, claimed_at::DATE AS day, 'counts.evidence' AS name, 1 AS value
FROM parties
UNION ALL
SELECT case_id, role, rule, unit, claimed_at::DATE, 'counts.evidence_reused', 1
FROM parties
SEMI JOIN handed_in AS before
    ON before.digest = parties.digest
    AND before.case_id <> parties.case_id
    AND (before.claimed_at, before.case_id) < (parties.claimed_at, parties.case_id)
