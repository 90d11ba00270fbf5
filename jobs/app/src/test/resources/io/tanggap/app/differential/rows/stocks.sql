-- Figures: counts.open, counts.overdue, counts.without_target, counts.stale
-- The stocks at the midnight that ends the window, or as far as it has come.
SELECT
    role, rule, unit, channel, category, span, start AS day,
    'counts.' || CASE stock WHEN 'no_target' THEN 'without_target' ELSE stock END AS name,
    level AS whole
FROM stocks
JOIN row_windows USING (role, rule, unit, channel, category, span, start)
WHERE level <> 0
