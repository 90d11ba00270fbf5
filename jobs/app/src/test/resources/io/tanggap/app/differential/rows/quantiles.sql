-- Figures: times.close_p*, times.resolution_p*, times.closed_only_*, times.durable_resolution_p*, times.stay_*, times.offer_*,
-- Figures: times_state.close_p*, times_state.resolution_p*, times_state.closed_only_*, times_state.durable_resolution_p*,
-- Figures: times_state.stay_*, times_state.offer_*, times.*_conditional_from_hours, times_state.*_conditional_from_hours
-- A quantile is the upper edge of the first bin by which the share is reached. Its interval of 95 % holds the ages at which the
-- interval of the incidence holds the share: it runs from the first bin in which the upper limit of the incidence reaches the
-- share to the first in which the lower limit does. The limits are those of log(-log(1 - incidence)), with the variance of
-- Gaynor and others (1993), which is Greenwood's where nothing competes. An incidence of 1 has none: the interval begins there at
-- the latest, and does not end. Where some are observed late, it is said of those that were still open at an age, which is stated
-- too; where a curve never begins there is no quantile.
WITH asked (curve, share, percent) AS (
    SELECT curve, percent / 100, percent
    FROM (
        VALUES
            ('close', 50), ('close', 80), ('close', 90), ('resolution', 50), ('resolution', 80), ('resolution', 90),
            ('durable_resolution', 50), ('durable_resolution', 80), ('durable_resolution', 90), ('closed_only', 50),
            ('stay', 50), ('stay', 80), ('offer_taken', 50), ('offer_taken', 80), ('stay_before_hop', 50)
    ) AS listed (curve, percent)
),
variances AS (
    SELECT
        *,
        reached * reached * sum(spread) OVER up_to - 2 * reached * sum(reached * spread) OVER up_to
            + sum(reached * reached * spread) OVER up_to + sum(own) OVER up_to
            - 2 * reached * sum(shared) OVER up_to + 2 * sum(reached * shared) OVER up_to AS variance
    FROM (
        SELECT
            *,
            CASE WHEN still > ends THEN ends / (still * (still - ends)) ELSE 0 END AS spread,
            survival_before * survival_before * wanted * (still - wanted) / (still * still * still) AS own,
            survival_before * wanted / (still * still) AS shared
        FROM (SELECT * REPLACE (still::DOUBLE AS still, ends::DOUBLE AS ends, wanted::DOUBLE AS wanted) FROM curves)
    )
    WINDOW up_to AS (PARTITION BY series, span, start ORDER BY bin ROWS UNBOUNDED PRECEDING)
),
limits AS (
    SELECT
        *, reached > 1 - 1e-12 AS is_one,
        CASE WHEN NOT is_one THEN ln(-ln(1 - reached)) END AS centre,
        CASE WHEN NOT is_one
            THEN 1.959963984540054::DOUBLE * sqrt(greatest(variance, 0)) / ((1 - reached) * -ln(1 - reached)) END AS half
    FROM variances
    WHERE wanted > 0
),
reached AS (
    SELECT
        series, span, start, percent,
        min(bin) FILTER (reached >= share - 1e-12) AS bin,
        min(bin) FILTER (is_one OR centre + half >= ln(-ln(1 - share))) AS low_bin,
        min(bin) FILTER (NOT is_one AND centre - half >= ln(-ln(1 - share))) AS high_bin
    FROM limits
    JOIN series USING (series)
    JOIN asked USING (curve)
    GROUP BY ALL
),
-- Of problems and closings a row states always how long it takes; of anything else where there is any.
stated AS (
    SELECT DISTINCT role, rule, unit, counterpart, channel, category, span, start, curve FROM curves JOIN series USING (series)
    UNION
    SELECT role, rule, unit, 'NOBODY', channel, category, span, start, unnest(['close', 'resolution', 'closed_only']) FROM row_windows
    UNION
    SELECT role, rule, unit, counterpart, 'ALL', 'ALL', span, start, 'stay_before_hop' FROM pair_windows
),
starts AS (
    SELECT
        series, role, rule, unit, counterpart, channel, category, span, start, curve, begins, is_late
    FROM (
        SELECT series, span, start, any_value(begins) AS begins, sum(entering) > 0 AS is_late FROM at_risk GROUP BY ALL
    )
    JOIN series USING (series)
),
quantiles AS (
    SELECT *, curve || '_p' || percent || '_hours' AS figure
    FROM stated
    JOIN asked USING (curve)
    LEFT JOIN starts USING (role, rule, unit, counterpart, channel, category, span, start, curve)
    LEFT JOIN reached USING (series, span, start, percent)
)
SELECT
    role, rule, unit, counterpart, channel, category, span, start AS day, 'times_state.' || figure AS name,
    NULL::BIGINT AS whole,
    CASE WHEN begins = 329 THEN 'FOLLOW_UP' WHEN bin IS NULL THEN 'NOT_REACHED' WHEN bin = 328 THEN 'BEYOND_LAST_BIN' ELSE 'VALUE' END AS text
FROM quantiles
UNION ALL
SELECT role, rule, unit, counterpart, channel, category, span, start, 'times.' || figure, bin_hours(bin), NULL
FROM quantiles
WHERE bin < 328
UNION ALL
SELECT role, rule, unit, counterpart, channel, category, span, start, 'times.' || figure || '_low', bin_hours(low_bin), NULL
FROM quantiles
WHERE low_bin < 328
UNION ALL
SELECT role, rule, unit, counterpart, channel, category, span, start, 'times.' || figure || '_high', bin_hours(high_bin), NULL
FROM quantiles
WHERE high_bin < 328
UNION ALL
SELECT
    role, rule, unit, counterpart, channel, category, span, start, 'times_state.' || curve || '_conditional_from_hours', NULL,
    CASE WHEN begins = 329 THEN 'FOLLOW_UP' ELSE 'VALUE' END
FROM stated
JOIN starts USING (role, rule, unit, counterpart, channel, category, span, start, curve)
WHERE is_late
UNION ALL
SELECT
    role, rule, unit, counterpart, channel, category, span, start, 'times.' || curve || '_conditional_from_hours',
    CASE begins WHEN 0 THEN 0 ELSE bin_hours(begins - 1) END, NULL
FROM stated
JOIN starts USING (role, rule, unit, counterpart, channel, category, span, start, curve)
WHERE is_late AND begins < 329
