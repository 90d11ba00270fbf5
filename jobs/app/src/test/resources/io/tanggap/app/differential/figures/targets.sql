-- Figures: counts.target_met_*, counts.target_missed_*, counts.target_undecidable_*, counts.target_handed_on_*
-- Other targets than the resolution whose deadline is before the as-of, on the day of the deadline, for the place and for whom the
-- target was set. What somebody else ended in time was neither kept nor missed.
WITH due AS (
    SELECT targets.*, territory FROM targets JOIN cases USING (case_id)
    WHERE deadline < getvariable('as_of')::TIMESTAMPTZ AND verdict IN ('MET', 'MISSED', 'UNDECIDABLE', 'HANDED_ON')
)
SELECT
    case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, deadline::DATE AS day,
    'counts.target_' || lower(verdict) || '_' || lower(target) AS name, 1 AS value
FROM due
UNION ALL
SELECT case_id, 'HOLDER', 'CRM', unit, deadline::DATE, 'counts.target_' || lower(verdict) || '_' || lower(target), 1
FROM due
