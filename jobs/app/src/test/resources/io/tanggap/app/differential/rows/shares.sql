-- Figures: shares.on_time, shares.evidence_reused
-- Kept targets of those kept and missed; inherited and undecidable ones are in no share, and where nothing was due there is
-- none.
SELECT
    role, rule, unit, channel, category, span, start AS day, 'shares.on_time' AS name,
    coalesce(sum(value) FILTER (slice_days.name = 'counts.due_met'), 0) / sum(value)::DOUBLE AS real
FROM slice_days
JOIN row_windows USING (role, rule, unit, channel, category)
WHERE day >= start AND day < until AND slice_days.name IN ('counts.due_met', 'counts.due_missed_late', 'counts.due_missed_open')
GROUP BY ALL
UNION ALL
SELECT
    role, rule, unit, channel, category, span, start, 'shares.evidence_reused',
    coalesce(sum(value) FILTER (slice_days.name = 'counts.evidence_reused'), 0)
        / sum(value) FILTER (slice_days.name = 'counts.evidence')::DOUBLE
FROM slice_days
JOIN row_windows USING (role, rule, unit, channel, category)
WHERE day >= start AND day < until AND slice_days.name IN ('counts.evidence', 'counts.evidence_reused')
GROUP BY ALL
