-- Figures: counts.share_met, counts.share_missed, counts.shared_misses
-- Under rule SHARE each holder is credited or charged with its part of the time, in parts per million, on the day of the deadline.
WITH due AS (
    SELECT case_id, unit, parts, deadline::DATE AS day, verdict LIKE 'MISSED%' AS missed
    FROM cycles JOIN shared USING (case_id, cycle)
    WHERE deadline < getvariable('as_of')::TIMESTAMPTZ AND verdict IN ('MET', 'MISSED_LATE', 'MISSED_OPEN')
)
SELECT
    case_id, 'HOLDER' AS role, 'SHARE' AS rule, unit, day,
    CASE WHEN missed THEN 'counts.share_missed' ELSE 'counts.share_met' END AS name, parts AS value
FROM due
UNION ALL
SELECT case_id, 'HOLDER', 'SHARE', unit, day, 'counts.shared_misses', 1
FROM due
WHERE missed
