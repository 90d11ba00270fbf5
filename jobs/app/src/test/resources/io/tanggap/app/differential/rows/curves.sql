-- Figures: counts.at_risk, counts.censored, times.close_p50_hours, times.close_p80_hours, times.close_p90_hours,
-- Figures: times.resolution_p50_hours, times.resolution_p80_hours, times.resolution_p90_hours, times.closed_only_p50_hours,
-- Figures: times.durable_resolution_p50_hours, times.durable_resolution_p80_hours, times.durable_resolution_p90_hours,
-- Figures: times_state.close_*, times_state.resolution_p*, times_state.closed_only_*, times_state.durable_resolution_*
-- The time from the first report to the first closing (Kaplan and Meier), to the first stop of a problem that was closed as fixed
-- or answered with other outcomes competing (Aalen and Johansen), the same for closings that lasted, as far as could be known 14
-- days ago, and the ages of the closings of the window alone. Open problems are censored at their age at the last midnight. Within
-- a bin ends come before censorings. A quantile is the upper edge of the first bin by which the share is reached.
WITH ages AS (
    SELECT
        role, rule, above AS unit, cuts.channel, cuts.category, cut, cohort.day, resolved, ended, lasted, lasting_resolved,
        first_at < getvariable('midnight')::TIMESTAMPTZ - INTERVAL 336 HOURS AS can_have_lasted,
        age_bin(age_ms(first_at, CASE WHEN ended THEN closed_at ELSE getvariable('midnight')::TIMESTAMPTZ END)) AS end_bin,
        age_bin(age_ms(first_at, CASE WHEN ended THEN stopped_at ELSE getvariable('midnight')::TIMESTAMPTZ END)) AS stop_bin,
        age_bin(age_ms(first_at, CASE
            WHEN lasted THEN lasting_closed_at
            ELSE getvariable('midnight')::TIMESTAMPTZ - INTERVAL 336 HOURS
        END)) AS lasting_bin
    FROM cohort
    JOIN cuts USING (case_id)
    JOIN paths ON paths.submitted_on = cuts.submitted_on AND paths.unit = cohort.unit
    WHERE timed AND first_at < getvariable('midnight')::TIMESTAMPTZ
),
closings AS (
    SELECT
        role, rule, unit, channel, category, cut, day,
        regexp_extract(name, '\[(\d+)\]', 1)::BIGINT AS bin, value AS cases
    FROM slice_days
    WHERE name LIKE 'histograms.closed\_age%' ESCAPE '\'
),
binned AS (
    SELECT
        role, rule, unit, channel, category, cut, day, 'close' AS curve, end_bin AS bin,
        count(*) FILTER (ended) AS wanted, 0 AS others, count(*) FILTER (NOT ended) AS still_open
    FROM ages
    GROUP BY ALL
    UNION ALL
    SELECT
        role, rule, unit, channel, category, cut, day, 'resolution', stop_bin,
        count(*) FILTER (ended AND resolved), count(*) FILTER (ended AND NOT resolved), count(*) FILTER (NOT ended)
    FROM ages
    GROUP BY ALL
    UNION ALL
    SELECT
        role, rule, unit, channel, category, cut, day, 'durable_resolution', lasting_bin,
        count(*) FILTER (lasted AND lasting_resolved), count(*) FILTER (lasted AND NOT lasting_resolved),
        count(*) FILTER (NOT lasted)
    FROM ages
    WHERE lasted OR can_have_lasted
    GROUP BY ALL
    UNION ALL
    SELECT role, rule, unit, channel, category, cut, day, 'closed_only', bin, cases, 0, 0
    FROM closings
),
curves AS (
    SELECT
        role, rule, unit, channel, category, span, start, curve, bin,
        sum(wanted) AS wanted, sum(wanted + others) AS ends, sum(wanted + others + still_open) AS leaving
    FROM binned
    JOIN windows ON day >= start AND day < until AND (of_cuts OR NOT cut)
    GROUP BY ALL
),
at_risk AS (
    SELECT
        *,
        sum(leaving) OVER (
            PARTITION BY role, rule, unit, channel, category, span, start, curve
            ORDER BY bin ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS still
    FROM curves
),
survival AS (
    SELECT
        *,
        coalesce(product(1 - ends / still) OVER (
            PARTITION BY role, rule, unit, channel, category, span, start, curve
            ORDER BY bin ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 1) AS survival_before
    FROM at_risk
),
incidence AS (
    SELECT
        *,
        sum(survival_before * wanted / still) OVER (
            PARTITION BY role, rule, unit, channel, category, span, start, curve
            ORDER BY bin
        ) AS reached
    FROM survival
),
asked (curve, share, figure) AS (
    VALUES
        ('close', 0.5, 'close_p50_hours'), ('close', 0.8, 'close_p80_hours'), ('close', 0.9, 'close_p90_hours'),
        ('resolution', 0.5, 'resolution_p50_hours'), ('resolution', 0.8, 'resolution_p80_hours'),
        ('resolution', 0.9, 'resolution_p90_hours'), ('closed_only', 0.5, 'closed_only_p50_hours'),
        ('durable_resolution', 0.5, 'durable_resolution_p50_hours'), ('durable_resolution', 0.8, 'durable_resolution_p80_hours'),
        ('durable_resolution', 0.9, 'durable_resolution_p90_hours')
),
reached AS (
    SELECT role, rule, unit, channel, category, span, start, figure, min(bin) AS bin
    FROM incidence
    JOIN asked USING (curve)
    WHERE reached >= share::DOUBLE - 1e-12
    GROUP BY ALL
),
quantiles AS (
    SELECT role, rule, unit, channel, category, span, start, figure, bin
    FROM row_windows
    CROSS JOIN asked
    LEFT JOIN reached USING (role, rule, unit, channel, category, span, start, figure)
    WHERE curve <> 'durable_resolution'
        OR EXISTS (
            FROM curves
            WHERE curves.curve = 'durable_resolution' AND curves.role = row_windows.role AND curves.rule = row_windows.rule
                AND curves.unit = row_windows.unit AND curves.channel = row_windows.channel
                AND curves.category = row_windows.category AND curves.span = row_windows.span
                AND curves.start = row_windows.start)
)
SELECT
    role, rule, unit, channel, category, span, start AS day, 'times_state.' || figure AS name,
    NULL::BIGINT AS whole,
    CASE WHEN bin IS NULL THEN 'NOT_REACHED' WHEN bin = 328 THEN 'BEYOND_LAST_BIN' ELSE 'VALUE' END AS text
FROM quantiles
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'times.' || figure, bin_hours(bin), NULL
FROM quantiles
WHERE bin < 328
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'counts.at_risk', sum(leaving), NULL
FROM curves
WHERE curve = 'close'
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, channel, category, span, start, 'counts.censored', sum(leaving - ends), NULL
FROM curves
WHERE curve = 'close' AND leaving > ends
GROUP BY ALL
