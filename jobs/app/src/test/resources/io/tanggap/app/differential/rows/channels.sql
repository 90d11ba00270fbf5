-- Figures: counts.events_*, counts.declared_days, counts.undeclared_days, shares.coverage, times.lateness_*,
-- Figures: times_state.lateness_*, times_state.coverage
-- How complete what a channel sends is, and how late, and that of all channels together, in every window. What is said of a day as
-- a whole counts once it is over. A quantile is the upper edge, a power of two, of the first bin by which the share is reached.
WITH all_days AS (
    SELECT channel AS unit, day, name, value FROM channel_days
    UNION ALL
    SELECT 'ALL_CHANNELS', day, name, value FROM channel_days
),
sums AS (
    SELECT unit, span, start, name, sum(value)::BIGINT AS value
    FROM all_days
    JOIN windows ON day >= start AND day < until
    WHERE day < getvariable('today')::DATE OR name IN ('counts.events_received') OR name LIKE 'histograms.lateness%'
    GROUP BY ALL
    HAVING sum(value) <> 0
),
shown AS (
    SELECT
        unit, span, start,
        coalesce(sum(value) FILTER (name = 'counts.days_declared'), 0)::BIGINT AS declared_days,
        coalesce(sum(value) FILTER (name = 'counts.events_declared'), 0)::BIGINT AS declared,
        coalesce(sum(value) FILTER (name = 'counts.events_of_declared_days'), 0)::BIGINT AS received
    FROM sums
    GROUP BY ALL
),
lateness AS (
    SELECT
        unit, span, start, regexp_extract(name, '\[(\d+)\]', 1)::INTEGER AS bin, value,
        sum(value) OVER (PARTITION BY unit, span, start ORDER BY bin)
            / sum(value) OVER (PARTITION BY unit, span, start) AS reached
    FROM sums
    WHERE name LIKE 'histograms.lateness%'
),
quantiles AS (
    SELECT unit, span, start, percent, min(bin) FILTER (reached >= percent / 100 - 1e-12) AS bin
    FROM shown
    CROSS JOIN (VALUES (50), (99)) AS asked (percent)
    LEFT JOIN lateness USING (unit, span, start)
    GROUP BY ALL
),
figures (unit, span, start, name, whole, real, text) AS (
    SELECT
        unit, span, start,
        CASE name
            WHEN 'counts.days_declared' THEN 'counts.declared_days'
            WHEN 'counts.days_undeclared' THEN 'counts.undeclared_days'
            ELSE name
        END,
        value, NULL::DOUBLE, NULL::VARCHAR
    FROM sums
    WHERE name LIKE 'counts.%'
    UNION ALL
    SELECT unit, span, start, 'counts.events_timed', sum(value)::BIGINT, NULL, NULL FROM lateness GROUP BY ALL
    UNION ALL
    SELECT
        unit, span, start, 'times_state.coverage', NULL, NULL,
        CASE WHEN declared_days = 0 THEN 'UNDECLARED' WHEN declared = 0 THEN 'DECLARED_EMPTY' ELSE 'VALUE' END
    FROM shown
    UNION ALL
    SELECT unit, span, start, 'shares.coverage', NULL, received / declared, NULL FROM shown WHERE declared <> 0
    UNION ALL
    SELECT
        unit, span, start, 'times_state.lateness_p' || percent || '_seconds', NULL, NULL,
        CASE WHEN bin IS NULL THEN 'NOT_REACHED' WHEN bin = 26 THEN 'BEYOND_LAST_BIN' ELSE 'VALUE' END
    FROM quantiles
    UNION ALL
    SELECT unit, span, start, 'times.lateness_p' || percent || '_seconds', (2 ** bin)::BIGINT, NULL, NULL
    FROM quantiles
    WHERE bin < 26
    UNION ALL
    SELECT unit, span, start, 'document', 1, NULL, NULL FROM shown
)
SELECT 'CHANNEL' AS role, 'ORIGIN' AS rule, unit, 'ALL' AS channel, 'ALL' AS category, span, start AS day, name, whole, real, text
FROM figures
