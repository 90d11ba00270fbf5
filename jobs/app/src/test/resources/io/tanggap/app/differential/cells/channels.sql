-- Figures: counts.events_*, counts.days_declared, counts.days_undeclared, histograms.lateness
-- A channel has cells of its own, in which nothing is cut by category.
SELECT
    'CHANNEL' AS role, 'ORIGIN' AS rule, channel AS unit, channel, 'UNCATEGORISED' AS category, 'CELL' AS span, day, name,
    value AS whole
FROM channel_days
WHERE value <> 0
UNION ALL
SELECT DISTINCT 'CHANNEL', 'ORIGIN', channel, channel, 'UNCATEGORISED', 'CELL', day, 'document', 1
FROM channel_days
WHERE value <> 0
