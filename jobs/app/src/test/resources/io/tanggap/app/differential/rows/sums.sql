-- Figures: document, counts.received, counts.cohort_met, counts.cohort_missed_late, counts.cohort_missed_open,
-- Figures: counts.cohort_running, counts.cohort_paused, counts.cohort_undecidable, counts.cohort_not_applicable,
-- Figures: counts.due_missed_open, counts.problems, counts.repeated, counts.shared_met_ppm, counts.shared_missed_ppm,
-- Figures: counts.shared_misses, counts.triage_*, counts.handover_*, counts.unaccounted,
-- Figures: counts.due_met, counts.due_missed, counts.due_inherited, counts.due_undecidable, counts.due_contested,
-- Figures: counts.due_overturned, counts.closed, counts.closed_*, counts.open_entered, counts.open_left,
-- Figures: counts.handovers_out, counts.handovers_in, counts.reopened, counts.evidence, counts.evidence_reused,
-- Figures: counts.open_*_days, counts.open_at_midnight, counts.silent_*, counts.rated_*, counts.offers,
-- Figures: counts.offers_answered, counts.offers_competence_unknown, counts.stops_14_days_old, counts.resolutions_14_days_old,
-- Figures: counts.mature_*, counts.claims, counts.claims_at_*, seconds.*
-- What rows state as it is, and what they put together or call by another name.
WITH renamed (amount, name) AS (
    VALUES
        ('hopped', 'closed_after_hops'), ('share_met', 'shared_met_ppm'), ('share_missed', 'shared_missed_ppm'),
        ('due_missed_late', 'due_missed'), ('due_missed_open', 'due_missed'),
        ('offered_no', 'offers'), ('offered_yes', 'offers'), ('offered_unknown', 'offers'),
        ('offered_unknown', 'offers_competence_unknown'),
        ('answered_no', 'offers_answered'), ('answered_yes', 'offers_answered'), ('answered_unknown', 'offers_answered'),
        ('mature_final_stop_resolved', 'stops_14_days_old'), ('mature_final_stop_unresolved', 'stops_14_days_old'),
        ('mature_final_stop_resolved', 'resolutions_14_days_old'),
        ('claimed', 'claims'), ('claim_at_last', 'claims_at_95_100_percent'), ('claim_before_last', 'claims_at_90_95_percent')
    UNION ALL
    SELECT 'closed_' || lower(outcome), 'closed' FROM outcomes
),
stated AS (
    SELECT role, rule, unit, channel, category, span, start, 'counts.' || name AS name, value FROM amounts JOIN renamed USING (amount)
    UNION ALL
    SELECT
        role, rule, unit, channel, category, span, start,
        regexp_replace(amount, '^target_(met|missed|undecidable|handed_on)_(.*)$', 'counts.\2_\1'), value
    FROM amounts
    WHERE amount LIKE 'target\_%' ESCAPE '\'
    UNION ALL
    SELECT
        role, rule, unit, channel, category, span, start,
        CASE WHEN amount LIKE 'seconds.%' THEN amount ELSE 'counts.' || amount END, value
    FROM amounts
    WHERE amount IN (
            'received', 'due_met', 'due_inherited', 'due_undecidable', 'due_contested', 'due_overturned', 'open_entered',
            'open_left', 'handovers_out', 'handovers_in', 'reopened', 'due_missed_open', 'problems', 'repeated',
            'shared_misses', 'evidence', 'evidence_reused', 'open_at_midnight')
        OR amount SIMILAR TO '(cohort_|closed_|rated_|silent_over_|seconds\.).*|(open|mature)_.*_days'
)
SELECT role, rule, unit, channel, category, span, start AS day, name, sum(value)::BIGINT AS whole
FROM stated
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'document', 1
FROM row_windows
