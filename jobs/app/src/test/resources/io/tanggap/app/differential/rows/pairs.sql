-- Figures: counts.hops, counts.hops_back
-- What a unit hands on to one other, in months and longer windows. A pair is by itself: no unit above has a row for it.
WITH pair_days AS (
    SELECT role, rule, unit, counterpart, day, name, sum(value)::BIGINT AS value
    FROM facts
    WHERE counterpart <> 'NOBODY'
    GROUP BY ALL
),
sums AS (
    SELECT role, rule, unit, counterpart, span, start AS day, name, sum(value)::BIGINT AS whole
    FROM pair_days
    JOIN windows ON pair_days.day >= start AND pair_days.day < until AND of_cuts
    GROUP BY ALL
)
SELECT
    role, rule, unit, counterpart, 'ALL' AS channel, 'ALL' AS category, span, day,
    CASE name WHEN 'counts.pair_hops' THEN 'counts.hops' ELSE 'counts.hops_back' END AS name, whole
FROM sums
UNION ALL
SELECT role, rule, unit, counterpart, 'ALL', 'ALL', span, day, 'document', 1
FROM sums
WHERE name = 'counts.pair_hops'
