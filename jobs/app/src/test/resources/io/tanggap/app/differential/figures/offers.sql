-- Figures: counts.offered_no, counts.offered_yes, counts.offered_unknown, counts.answered_*, counts.declined_*,
-- Figures: counts.offered_in_time_or_late, counts.offered_late
-- Offers, on the day that they were made, by whether the case was the receiver's task: made by the giver, and answered by the
-- receiver, which accepts by working on the case too. Of offers while the clock of the resolution ran, whether three quarters
-- of the target or more were used.
WITH judged_offers AS (
    SELECT
        offers.*, territory, offers.since::DATE AS day,
        CASE WHEN answerable.unit IS NULL THEN 'no' ELSE 'yes' END AS competence
    FROM offers
    JOIN cases USING (case_id)
    LEFT JOIN answerable ON answerable.case_id = offers.case_id AND answerable.unit = receiver
),
counted_offers AS (
    SELECT case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, day, 'offered' AS name, competence FROM judged_offers
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', giver, day, 'offered', competence FROM judged_offers
    UNION ALL
    SELECT case_id, 'TERRITORY', 'CROP', territory, day, 'answered', competence
    FROM judged_offers
    WHERE ended IN ('TAKEN', 'DECLINED')
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', receiver, day, 'answered', competence
    FROM judged_offers
    WHERE ended IN ('TAKEN', 'DECLINED')
    UNION ALL
    SELECT case_id, 'TERRITORY', 'CROP', territory, day, 'declined', competence FROM judged_offers WHERE ended = 'DECLINED'
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', receiver, day, 'declined', competence FROM judged_offers WHERE ended = 'DECLINED'
)
SELECT case_id, role, rule, unit, day, 'counts.' || name || '_' || competence AS name, 1 AS value FROM counted_offers
UNION ALL
SELECT case_id, role, rule, unit, day, 'counts.' || name, 1
FROM (
    SELECT late_offers.*, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, day
    FROM late_offers JOIN judged_offers USING (case_id, step, slot)
    UNION ALL
    SELECT late_offers.*, 'HOLDER', 'CRM', giver, day
    FROM late_offers JOIN judged_offers USING (case_id, step, slot)
)
CROSS JOIN (VALUES ('offered_in_time_or_late'), ('offered_late')) AS names (name)
WHERE is_late OR name = 'offered_in_time_or_late'
