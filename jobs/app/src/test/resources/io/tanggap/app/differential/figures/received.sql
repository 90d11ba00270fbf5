-- Figures: counts.received
-- A case counts once, on the day of its submission.
SELECT case_id, role, rule, unit, submitted_on AS day, 'counts.received' AS name, 1 AS value
FROM cases
JOIN answers USING (case_id)
WHERE cycle = 1 AND rule <> 'ORIGIN'
