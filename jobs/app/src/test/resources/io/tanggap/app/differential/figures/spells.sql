-- Figures: histograms.limbo_end, histograms.limbo_open, histograms.stay_end, histograms.stay_open
-- How long stays lasted and offers stood by the last midnight, by how they ended, on the day that they began.
WITH parties AS (
    SELECT *, 'HOLDER' AS role, 'CRM' AS rule FROM spells
    UNION ALL
    SELECT * REPLACE (place AS unit), 'TERRITORY', 'CROP' FROM spells WHERE kind = 'limbo'
)
SELECT
    case_id, role, rule, unit, since::DATE AS day,
    CASE
        WHEN ended THEN 'histograms.' || kind || '_end[' || ending * 329 + age_bin(ms) || ']'
        ELSE 'histograms.' || kind || '_open[' || age_bin(ms) || ']'
    END AS name,
    1 AS value
FROM parties
