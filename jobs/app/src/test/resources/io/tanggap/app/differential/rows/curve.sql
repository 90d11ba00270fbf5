-- Figures: close_curve
-- What is still open by its age, of everything that is not cut, in windows of a month or longer: where the curve begins, each bin in
-- which something is closed, and the last bin in which somebody is at risk. The limits are those of log(-log(survival)) with
-- Greenwood's variance; where all or none are open there are none.
WITH asked AS (
    SELECT series, role, rule, unit
    FROM series
    WHERE curve = 'close' AND channel = 'ALL' AND category = 'ALL'
),
steps AS (
    SELECT
        series, span, start, bin, still, ends, survival_before * (1 - hazard) AS survival,
        sum(CASE WHEN still > ends THEN ends::DOUBLE / still / (still - ends) ELSE 0 END) OVER (
            PARTITION BY series, span, start ORDER BY bin
        ) AS spread,
        max(bin) OVER (PARTITION BY series, span, start) AS last
    FROM curves
    WHERE bin < 328
),
points AS (
    SELECT
        series, span, start, CASE begins WHEN 0 THEN 0 ELSE bin_hours(begins - 1) END AS hours, 1::DOUBLE AS survival, 0 AS spread,
        arg_min(still, bin) FILTER (bin >= begins) AS still
    FROM at_risk
    WHERE begins < 328
    GROUP BY series, span, start, begins
    UNION ALL
    SELECT series, span, start, bin_hours(bin), survival, spread, still
    FROM steps
    WHERE ends > 0 OR bin = last
),
limits AS (
    SELECT
        role, rule, unit, span, start, 'close_curve[' || hours || '].' AS point, still, survival,
        CASE WHEN survival > 1e-12 AND survival < 1 - 1e-12
            THEN 1.959963984540054::DOUBLE * sqrt(spread) / -ln(survival) END AS half
    FROM points
    JOIN asked USING (series)
    WHERE span IN ('MONTH', 'QUARTER', 'ROLLING_30', 'ROLLING_90')
)
SELECT
    role, rule, unit, 'NOBODY' AS counterpart, 'ALL' AS channel, 'ALL' AS category, span, start AS day, point || 'hours' AS name,
    regexp_extract(point, '\d+')::BIGINT AS whole, NULL::DOUBLE AS real
FROM limits
UNION ALL
SELECT role, rule, unit, 'NOBODY', 'ALL', 'ALL', span, start, point || 'at_risk', still, NULL
FROM limits
UNION ALL
SELECT role, rule, unit, 'NOBODY', 'ALL', 'ALL', span, start, point || 'survival', NULL, survival
FROM limits
UNION ALL
SELECT role, rule, unit, 'NOBODY', 'ALL', 'ALL', span, start, point || 'low', NULL, pow(survival, exp(half))
FROM limits
WHERE half IS NOT NULL
UNION ALL
SELECT role, rule, unit, 'NOBODY', 'ALL', 'ALL', span, start, point || 'high', NULL, pow(survival, exp(-half))
FROM limits
WHERE half IS NOT NULL
