-- Figures: times.resolution_mean_*, times_state.resolution_mean_*, shares.stay_*
-- The mean time to the resolution within 30 days: the area under one minus the incidence up to 720 hours, trapezoids within bins, so
-- that what is reached in a bin is won from its middle on; with at least 10 problems at risk in the bin that ends there, of a
-- curve that begins at age 0. Its error is by the delta method on the hazards of each bin, which are multinomial: a resolution wins
-- the time that is left, and whatever ends takes away what would have been won later. And how stays have ended after 30 days.
WITH month AS (
    SELECT
        *, survival_before * wanted / still AS step,
        720 - (bin_hours(bin) + CASE bin WHEN 0 THEN 0 ELSE bin_hours(bin - 1) END) / 2 AS left_over
    FROM curves
    JOIN series USING (series)
    WHERE curve = 'resolution' AND bin <= age_bin(hours(720))
),
moved AS (
    SELECT
        *,
        survival_before * left_over AS by_wanted,
        CASE WHEN still > ends THEN coalesce(sum(step * left_over) OVER (
            PARTITION BY series, span, start ORDER BY bin ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ), 0) * still / (still - ends) ELSE 0 END AS by_any
    FROM month
),
means AS (
    SELECT
        series, span, start,
        720 - sum(step * left_over) AS mean,
        sqrt(greatest(0, sum((
            (by_wanted - by_any) ** 2 * (wanted / still) * (1 - wanted / still)
            + by_any ** 2 * ((ends - wanted) / still) * (1 - (ends - wanted) / still)
            + 2 * (by_wanted - by_any) * by_any * (wanted / still) * ((ends - wanted) / still)) / still))) AS error
    FROM moved
    GROUP BY ALL
),
followed AS (
    SELECT
        series, role, rule, unit, channel, category, span, start,
        any_value(begins) = 0 AND coalesce(sum(leaving - entering) FILTER (bin >= age_bin(hours(720))), 0) >= 10 AS suffices
    FROM at_risk
    JOIN series USING (series)
    WHERE curve = 'resolution'
    GROUP BY ALL
    HAVING coalesce(sum(leaving) FILTER (bin >= begins), 0) > 0
)
SELECT
    role, rule, unit, channel, category, span, start AS day, 'times_state.resolution_mean_30_days_hours' AS name,
    NULL::DOUBLE AS real, CASE WHEN suffices THEN 'VALUE' ELSE 'FOLLOW_UP' END AS text
FROM followed
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'times.resolution_mean_30_days_hours', coalesce(mean, 720), NULL
FROM followed LEFT JOIN means USING (series, span, start)
WHERE suffices
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'times.resolution_mean_30_days_hours_error', coalesce(error, 0), NULL
FROM followed LEFT JOIN means USING (series, span, start)
WHERE suffices
UNION ALL
SELECT
    role, rule, unit, channel, category, span, start, 'shares.' || curve || '_30_days',
    coalesce(sum(survival_before * wanted / still) FILTER (bin <= age_bin(hours(720))), 0), NULL
FROM curves
JOIN series USING (series)
WHERE curve IN ('stay_resolved', 'stay_handed_on')
GROUP BY ALL
