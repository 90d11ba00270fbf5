-- Figures: counts.problems, counts.problem_reports, histograms.first_end, histograms.first_stop, histograms.open_slot,
-- Figures: histograms.durable_end, histograms.durable_open_slot, histograms.late_entry, histograms.durable_late_entry,
-- Figures: histograms.late_entry_resolved
-- What curves are made of, as of the last midnight: the first closings before it by outcome and age, the same at the age of the
-- stop, and of all others the hour of the day in which the problem was first reported; and the same of closings that lasted. Of those
-- that are observed late the age at which they are.
SELECT case_id, role, rule, unit, day, 'counts.problems' AS name, 1 AS value FROM cohort WHERE NOT duplicate
UNION ALL
SELECT case_id, role, rule, unit, day, 'counts.problem_reports', reports FROM cohort
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.first_end[' || code * 329 + age_bin(age_ms(first_at, closed_at)) || ']', 1
FROM cohort
WHERE timed AND followed AND ended
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.first_stop[' || code * 329 + age_bin(age_ms(first_at, stopped_at)) || ']', 1
FROM cohort
WHERE timed AND followed AND ended
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.open_slot[' || age_ms(day::TIMESTAMPTZ, first_at) // hours(1) || ']', 1
FROM cohort
WHERE timed AND followed AND NOT ended
UNION ALL
SELECT
    case_id, role, rule, unit, day,
    'histograms.durable_end[' || lasting_code * 329 + age_bin(age_ms(first_at, lasting_closed_at)) || ']', 1
FROM cohort
WHERE timed AND followed_long AND lasted
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.durable_open_slot[' || age_ms(day::TIMESTAMPTZ, first_at) // hours(1) || ']', 1
FROM cohort
WHERE timed AND followed_long AND NOT lasted
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.late_entry[' || entry_bin || ']', 1
FROM cohort
WHERE timed AND followed AND entry_bin IS NOT NULL
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.late_entry_resolved[' || age_bin(age_ms(first_at, stopped_at)) || ']', 1
FROM cohort
WHERE timed AND followed AND entry_bin IS NOT NULL AND ended AND resolved
UNION ALL
SELECT case_id, role, rule, unit, day, 'histograms.durable_late_entry[' || entry_bin || ']', 1
FROM cohort
WHERE timed AND followed_long AND entry_bin IS NOT NULL
