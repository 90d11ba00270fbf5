-- Figures: counts.closed_*, histograms.closed_age
-- Closings by outcome, and by age since the submission, for the place and for whoever had the case then.
WITH closings AS (
    SELECT case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, closed_at, outcome, timed, submitted_at
    FROM cases JOIN cycles USING (case_id)
    WHERE closed_at IS NOT NULL
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', last_holder, closed_at, outcome, timed, submitted_at
    FROM cases JOIN cycles USING (case_id)
    WHERE closed_at IS NOT NULL
)
SELECT case_id, role, rule, unit, closed_at::DATE AS day, 'counts.closed_' || lower(outcome) AS name, 1 AS value
FROM closings
UNION ALL
SELECT
    case_id, role, rule, unit, closed_at::DATE,
    'histograms.closed_age[' || age_bin(age_ms(submitted_at, closed_at)) || ']', 1
FROM closings
WHERE timed
