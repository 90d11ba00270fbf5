-- Figures: shares.on_time*, shares.shared_on_time, shares.part_of_misses, shares.*_on_time, shares.*_on_time_low,
-- Figures: shares.*_on_time_high, shares.*_handed_on, shares.*_handed_on_low, shares.*_handed_on_high, shares.silent_*,
-- Figures: shares.durable*, shares.returned*, shares.rated*, shares.first_line*, shares.came_back*, shares.came_around*,
-- Figures: shares.misrouted*, shares.declined*, shares.paused, shares.idle, shares.overrun, shares.evidence_reused*,
-- Figures: shares.resolved_*, shares.maturity_*, shares.claims_*, shares.offered_late*
-- What is a part of what. Shares of cases have the interval of 95 % beside them: Wilson's, the shares p from which the observed one
-- is at most z standard errors, the root of p (1 - p) / n, away. Shares of an amount, such as time, have none, and neither have
-- the bounds of what polls cannot tell. There is no share of nothing; and none where the last column's amount is nothing, for
-- then the source may not tell.
WITH asked (share, parts, wholes, has_interval, needed) AS (
    VALUES
        ('on_time', ['due_met'], ['due_met', 'due_missed_late', 'due_missed_open'], true, NULL),
        ('on_time_at_worst', ['due_met'], ['due_met', 'due_missed_late', 'due_missed_open', 'due_undecidable'], false,
            ['due_undecidable']),
        ('on_time_at_best', ['due_met', 'due_undecidable'],
            ['due_met', 'due_missed_late', 'due_missed_open', 'due_undecidable'], false, ['due_undecidable']),
        ('shared_on_time', ['share_met'], ['share_met', 'share_missed'], false, NULL),
        ('silent_over_3_days', ['silent_over_3_days'], ['open_at_midnight'], true, NULL),
        ('silent_over_7_days', ['silent_over_7_days'], ['open_at_midnight'], true, NULL),
        ('silent_over_14_days', ['silent_over_14_days'], ['open_at_midnight'], true, NULL),
        ('silent_over_30_days', ['silent_over_30_days'], ['open_at_midnight'], true, NULL),
        ('durable', ['mature_lasting_resolved'], ['mature_final_stop_resolved'], true, NULL),
        ('returned', ['mature_returned_resolved', 'mature_returned_unresolved'],
            ['mature_final_stop_resolved', 'mature_final_stop_unresolved'], true, NULL),
        ('rated_1_or_2', ['rated_1', 'rated_2'], ['rated_1', 'rated_2', 'rated_3', 'rated_4', 'rated_5'], true, NULL),
        ('rated', ['rated_1', 'rated_2', 'rated_3', 'rated_4', 'rated_5'],
            (SELECT list('closed_' || lower(outcome)) FROM outcomes), true, ['rated_1', 'rated_2', 'rated_3', 'rated_4', 'rated_5']),
        ('first_line', ['resolved_first_line_no', 'resolved_first_line_yes', 'resolved_first_line_unknown'],
            ['resolved_no', 'resolved_yes', 'resolved_unknown'], true, NULL),
        ('first_line_without_task', ['resolved_first_line_no'], ['resolved_no'], true, NULL),
        ('first_line_with_task', ['resolved_first_line_yes'], ['resolved_yes'], true, NULL),
        ('came_back', ['came_back'], ['hopped'], true, NULL),
        ('came_around', ['came_around'], ['hopped'], true, NULL),
        ('misrouted', ['offered_no'], ['offered_no', 'offered_yes'], true, NULL),
        ('declined', ['declined_no', 'declined_yes', 'declined_unknown'], ['answered_no', 'answered_yes', 'answered_unknown'],
            true, NULL),
        ('declined_without_task', ['declined_no'], ['answered_no', 'answered_yes', 'answered_unknown'], true, NULL),
        ('declined_with_task', ['declined_yes'], ['answered_no', 'answered_yes', 'answered_unknown'], true, NULL),
        ('paused', ['seconds.paused'], ['seconds.open'], false, NULL),
        ('idle', ['seconds.idle'], ['seconds.open'], false, NULL),
        ('overrun', ['seconds.overrun'], ['seconds.overrun', 'seconds.waited'], false, NULL),
        ('evidence_reused', ['evidence_reused'], ['evidence'], true, NULL),
        ('claims_instant', ['claim_instant'], ['claimed'], true, NULL),
        ('claims_with_evidence', ['claim_with_evidence'], ['claimed'], true, ['claim_with_evidence']),
        ('claims_rejected', ['claim_rejected'], ['claim_judged'], true, NULL),
        ('offered_late', ['offered_late'], ['offered_in_time_or_late'], true, NULL)
    UNION ALL
    SELECT 'resolved_' || days, ['resolved_within_' || days], ['mature_' || days], true, NULL
    FROM unnest(['7_days', '14_days', '30_days']) AS horizons (days)
    UNION ALL
    SELECT 'maturity_' || days, ['mature_' || days], ['observed_' || days], false, NULL
    FROM unnest(['7_days', '14_days', '30_days']) AS horizons (days)
    UNION ALL
    SELECT
        target || '_on_time', ['target_met_' || target], ['target_met_' || target, 'target_missed_' || target], true, NULL
    FROM (SELECT DISTINCT lower(target) AS target FROM targets)
    UNION ALL
    SELECT
        target || '_handed_on', ['target_handed_on_' || target],
        ['target_met_' || target, 'target_missed_' || target, 'target_handed_on_' || target], true, ['target_handed_on_' || target]
    FROM (SELECT DISTINCT lower(target) AS target FROM targets)
),
terms AS (
    SELECT share, 'part' AS term, unnest(parts) AS amount FROM asked
    UNION ALL
    SELECT share, 'whole', unnest(wholes) FROM asked
    UNION ALL
    SELECT share, 'needed', unnest(coalesce(needed, wholes)) FROM asked
),
summed AS (
    SELECT
        role, rule, unit, channel, category, span, start, share,
        coalesce(sum(value) FILTER (term = 'part'), 0)::DOUBLE AS part,
        coalesce(sum(value) FILTER (term = 'whole'), 0)::DOUBLE AS whole
    FROM (
        FROM amounts
        UNION ALL
        SELECT
            role, rule, unit, channel, category, span, start, 'mature_lasting_resolved',
            CASE amount WHEN 'mature_returned_resolved' THEN -value ELSE value END
        FROM amounts
        WHERE amount IN ('mature_returned_resolved', 'mature_final_stop_resolved')
    )
    JOIN terms USING (amount)
    GROUP BY ALL
    HAVING whole <> 0 AND coalesce(sum(value) FILTER (term = 'needed'), 0) <> 0
),
limits AS (
    SELECT
        * EXCLUDE (part, whole), part / whole AS real, has_interval, whole AS n, 1.959963984540054::DOUBLE AS z,
        1 + z * z / n AS scale, (real + z * z / (2 * n)) / scale AS centre,
        z / scale * sqrt(real * (1 - real) / n + z * z / (4 * n * n)) AS half
    FROM summed
    JOIN (SELECT share, has_interval FROM asked) USING (share)
)
SELECT role, rule, unit, channel, category, span, start AS day, 'shares.' || share AS name, real FROM limits
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'shares.' || share || '_low', centre - half FROM limits WHERE has_interval
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'shares.' || share || '_high', centre + half FROM limits WHERE has_interval
UNION ALL
-- The mean part of a miss, in parts of one.
SELECT
    role, rule, unit, channel, category, span, start, 'shares.part_of_misses',
    coalesce(sum(value) FILTER (amount = 'share_missed'), 0) / 1e6 / sum(value) FILTER (amount = 'shared_misses')
FROM amounts
WHERE amount IN ('share_missed', 'shared_misses')
GROUP BY ALL
