-- Figures: counts.hops, counts.hops_back
-- What a unit hands on to one other, in months and longer windows.
SELECT
    role, rule, unit, counterpart, 'ALL' AS channel, 'ALL' AS category, span, start AS day,
    CASE name WHEN 'counts.pair_hops' THEN 'counts.hops' ELSE 'counts.hops_back' END AS name, sum(value)::BIGINT AS whole
FROM facts
JOIN pair_windows USING (role, rule, unit, counterpart)
WHERE facts.day >= start AND facts.day < until AND name IN ('counts.pair_hops', 'counts.pair_returns')
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, counterpart, 'ALL', 'ALL', span, start, 'document', 1
FROM pair_windows
