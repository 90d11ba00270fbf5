-- Figures: counts.final_stop_*, counts.returned_*, counts.repeated
-- How reports of problems ended, on the day of the stop, for the place and for whoever said that it was done; and reports of what
-- had been reported before and was open, on the day of the report.
WITH parties AS (
    SELECT all_stops.*, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit FROM all_stops JOIN cases USING (case_id)
    UNION ALL
    SELECT *, 'HOLDER', 'CRM', stopped_by FROM all_stops
)
SELECT case_id, role, rule, unit, stopped_at::DATE AS day, 'counts.final_stop_' || lower(outcome) AS name, 1 AS value
FROM parties
WHERE outcome <> 'DUPLICATE'
UNION ALL
SELECT case_id, role, rule, unit, stopped_at::DATE, 'counts.returned_' || lower(outcome), 1
FROM parties
WHERE returned AND outcome <> 'DUPLICATE'
UNION ALL
SELECT problems.case_id, 'TERRITORY', 'CROP', place.territory, report.submitted_at::DATE, 'counts.repeated', 1
FROM problems
JOIN cases AS place USING (case_id)
JOIN roots USING (root)
JOIN cases AS report ON report.case_id = roots.case_id
WHERE (report.submitted_at, report.case_id) <> (
        SELECT min((first.submitted_at, first.case_id))
        FROM roots AS all_reports JOIN cases AS first USING (case_id)
        WHERE all_reports.root = problems.root)
    AND (ended_at IS NULL OR report.submitted_at < ended_at)
    AND NOT EXISTS (
        FROM stops
        WHERE stops.root = problems.root AND report.submitted_at >= stops.closed_at AND report.submitted_at < stops.reopened_at)
