-- Figures: document, counts.received, counts.cohort_met, counts.cohort_missed_late, counts.cohort_missed_open,
-- Figures: counts.cohort_running, counts.cohort_paused, counts.cohort_undecidable, counts.cohort_not_applicable,
-- Figures: counts.due_missed_open, counts.problems, counts.repeated, counts.shared_met_ppm, counts.shared_missed_ppm,
-- Figures: counts.shared_misses, counts.triage_*, counts.handover_*, counts.unaccounted,
-- Figures: counts.due_met, counts.due_missed, counts.due_inherited, counts.due_undecidable, counts.due_contested,
-- Figures: counts.due_overturned, counts.closed, counts.closed_*, counts.open_entered, counts.open_left,
-- Figures: counts.handovers_out, counts.handovers_in, counts.reopened, counts.evidence, counts.evidence_reused
-- What adds up over the days of a window.
WITH sums AS (
    SELECT role, rule, unit, channel, category, span, start AS day, name, sum(value)::BIGINT AS whole
    FROM slice_days
    JOIN row_windows USING (role, rule, unit, channel, category)
    WHERE slice_days.day >= start AND slice_days.day < until
    GROUP BY ALL
)
FROM sums
WHERE name IN (
        'counts.received', 'counts.due_met', 'counts.due_inherited', 'counts.due_undecidable', 'counts.due_contested',
        'counts.due_overturned', 'counts.open_entered', 'counts.open_left', 'counts.handovers_out',
        'counts.handovers_in', 'counts.reopened', 'counts.due_missed_open', 'counts.problems', 'counts.repeated',
        'counts.shared_misses', 'counts.evidence', 'counts.evidence_reused')
    OR name LIKE 'counts.cohort\_%' ESCAPE '\'
    OR name LIKE 'counts.closed\_%' ESCAPE '\'
UNION ALL
SELECT role, rule, unit, channel, category, span, day, 'counts.closed_after_hops', whole
FROM sums
WHERE name = 'counts.hopped'
UNION ALL
SELECT role, rule, unit, channel, category, span, day, 'counts.shared_' || regexp_extract(name, '_(met|missed)$', 1) || '_ppm', whole
FROM sums
WHERE name IN ('counts.share_met', 'counts.share_missed')
UNION ALL
SELECT
    role, rule, unit, channel, category, span, day,
    regexp_replace(name, 'target_(met|missed|undecidable|handed_on)_(.*)$', '\2_\1'), whole
FROM sums
WHERE name LIKE 'counts.target\_%' ESCAPE '\'
UNION ALL
SELECT role, rule, unit, channel, category, span, day, 'counts.due_missed', sum(whole)::BIGINT
FROM sums
WHERE name IN ('counts.due_missed_late', 'counts.due_missed_open')
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, channel, category, span, day, 'counts.closed', sum(whole)::BIGINT
FROM sums
WHERE name LIKE 'counts.closed\_%' ESCAPE '\'
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'document', 1
FROM row_windows
