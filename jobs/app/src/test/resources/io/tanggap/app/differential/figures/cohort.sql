-- Figures: counts.cohort_met, counts.cohort_missed_late, counts.cohort_missed_open, counts.cohort_running,
-- Figures: counts.cohort_paused, counts.cohort_undecidable, counts.cohort_not_applicable
-- What became of the first target of each case, on the day of its submission.
SELECT case_id, role, rule, unit, submitted_on AS day, 'counts.cohort_' || lower(verdict) AS name, 1 AS value
FROM cases
JOIN cycles USING (case_id)
JOIN answers USING (case_id, cycle)
WHERE cycle = 1 AND rule <> 'ORIGIN'
