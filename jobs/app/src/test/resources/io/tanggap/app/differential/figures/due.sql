-- Figures: counts.due_met, counts.due_missed_late, counts.due_missed_open, counts.due_undecidable, counts.due_inherited,
-- Figures: counts.due_contested, counts.due_overturned
-- Targets whose deadline is before the as-of, on the day of the deadline, also of those that were met long before: a day that
-- counted successes at once and misses when they are due would flatter. What a holder inherited is booked apart; the place of
-- the problem inherits nothing.
WITH due AS (
    SELECT case_id, role, rule, unit, deadline::DATE AS day, verdict, inherited, contested, overturned
    FROM cycles
    JOIN answers USING (case_id, cycle)
    WHERE deadline < getvariable('as_of')::TIMESTAMPTZ
)
SELECT
    case_id, role, rule, unit, day,
    CASE
        WHEN verdict LIKE 'MISSED%' AND rule = 'CRM' AND inherited THEN 'counts.due_inherited'
        ELSE 'counts.due_' || lower(verdict)
    END AS name,
    1 AS value
FROM due
UNION ALL
SELECT case_id, role, rule, unit, day, 'counts.due_contested', 1 FROM due WHERE contested
UNION ALL
SELECT case_id, role, rule, unit, day, 'counts.due_overturned', 1 FROM due WHERE overturned
