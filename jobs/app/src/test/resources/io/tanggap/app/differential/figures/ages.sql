-- Figures: histograms.backlog, histograms.silence
-- Stocks by the day of the submission and by that of the latest event, entered less left; a place is a day since 1970.
WITH open AS (
    SELECT
        case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, submitted_on,
        started_at::DATE AS since, closed_at::DATE AS until, cycle AS number
    FROM cases JOIN cycles USING (case_id)
    UNION ALL
    SELECT
        case_id, 'HOLDER', 'CRM', stays.holder, submitted_on, since::DATE, until::DATE,
        row_number() OVER (PARTITION BY case_id ORDER BY since)
    FROM cases JOIN stays USING (case_id)
),
latest AS (
    SELECT *, since AS day FROM open
    UNION ALL
    SELECT open.*, active_days.day
    FROM open
    JOIN active_days USING (case_id)
    WHERE active_days.day > since AND (until IS NULL OR active_days.day < until)
),
silent AS (
    SELECT
        case_id, role, rule, unit, day,
        coalesce(lead(day) OVER (PARTITION BY case_id, role, number ORDER BY day), until) AS until
    FROM latest
)
SELECT
    case_id, role, rule, unit, since AS day,
    'histograms.backlog[' || submitted_on - DATE '1970-01-01' || ']' AS name, 1 AS value
FROM open
UNION ALL
SELECT case_id, role, rule, unit, until, 'histograms.backlog[' || submitted_on - DATE '1970-01-01' || ']', -1
FROM open
WHERE until IS NOT NULL
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.silence[' || day - DATE '1970-01-01' || ']', 1
FROM silent
UNION ALL
SELECT case_id, role, rule, unit, until, 'histograms.silence[' || day - DATE '1970-01-01' || ']', -1
FROM silent
WHERE until IS NOT NULL
