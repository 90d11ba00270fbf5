-- Figures: counts.open_entered, counts.open_left, counts.overdue_entered, counts.overdue_left,
-- Figures: counts.no_target_entered, counts.no_target_left, counts.stale_entered, counts.stale_left
-- Stocks as dated flows, entered and left. In role territory a case is in a stock while it is open; in role holder while the
-- unit has it in hand. What was received and closed at one instant was open all the same; a stretch of no length was never
-- overdue, without a target or stale.
WITH states AS (
    SELECT case_id, 'overdue' AS stock, greatest(deadline, started_at) AS since, stopped_at AS until
    FROM cycles
    WHERE verdict IN ('MISSED_LATE', 'MISSED_OPEN', 'UNDECIDABLE')
    UNION ALL
    SELECT case_id, 'no_target', started_at, closed_at
    FROM cycles
    WHERE verdict = 'NOT_APPLICABLE'
    UNION ALL
    SELECT case_id, 'stale', silent_since, until
    FROM silences
),
stretches AS (
    SELECT
        case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, 'open' AS stock,
        started_at AS since, closed_at AS until
    FROM cases JOIN cycles USING (case_id)
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', holder, 'open', since, until
    FROM stays
    UNION ALL
    SELECT case_id, 'TERRITORY', 'CROP', territory, stock, since, until
    FROM cases JOIN states USING (case_id)
    WHERE until IS NULL OR since < until
    UNION ALL
    SELECT
        case_id, 'HOLDER', 'CRM', holder, stock,
        greatest(states.since, stays.since) AS from_then, least(states.until, stays.until) AS to_then
    FROM states
    JOIN stays USING (case_id)
    WHERE to_then IS NULL OR from_then < to_then
)
SELECT case_id, role, rule, unit, since::DATE AS day, 'counts.' || stock || '_entered' AS name, 1 AS value
FROM stretches
UNION ALL
SELECT case_id, role, rule, unit, until::DATE, 'counts.' || stock || '_left', 1
FROM stretches
WHERE until IS NOT NULL
