-- Figures: counts.at_risk, counts.censored, counts.late_entries, counts.stays, counts.offers_followed
-- How many the curves rest on, how many problems are open still, and how many are observed late.
SELECT
    role, rule, unit, channel, category, span, start AS day,
    CASE curve WHEN 'close' THEN 'counts.at_risk' WHEN 'stay' THEN 'counts.stays' ELSE 'counts.offers_followed' END AS name,
    sum(leaving)::BIGINT AS whole
FROM curves
JOIN series USING (series)
WHERE curve IN ('close', 'stay', 'offer_taken')
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'counts.censored', sum(leaving - ends)::BIGINT
FROM at_risk
JOIN series USING (series)
WHERE curve = 'close'
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'counts.late_entries', sum(entering)::BIGINT
FROM at_risk
JOIN series USING (series)
WHERE curve = 'close'
GROUP BY ALL
