-- Of problems of days that had ended so many days of 24 hours before the last midnight, those that were resolved within so many days.
-- What is observed late is in neither number: those of its time that had ended are not known.

INSERT INTO amounts
WITH aged AS (
    SELECT
        sliced_cohort.*, days,
        (day + 1)::TIMESTAMPTZ + to_hours(24 * days) <= getvariable('midnight')::TIMESTAMPTZ AS mature,
        ended AND resolved AND age_ms(first_at, stopped_at) <= hours(24 * days) AS within
    FROM sliced_cohort
    CROSS JOIN (VALUES (7), (14), (30)) AS horizons (days)
    WHERE entry_bin IS NULL
),
counted AS (
    SELECT
        role, rule, unit, channel, category, cut, day, days, count(*) AS observed, count(*) FILTER (mature) AS mature,
        count(*) FILTER (mature AND within) AS resolved
    FROM aged
    GROUP BY ALL
)
SELECT role, rule, unit, channel, category, span, start, unnest(['observed_', 'mature_', 'resolved_within_']) || days || '_days', unnest(amounts)
FROM (
    SELECT
        role, rule, unit, channel, category, span, start, days,
        [sum(observed)::BIGINT, sum(mature)::BIGINT, sum(resolved)::BIGINT] AS amounts
    FROM counted
    JOIN windows ON day >= start AND day < until AND (of_cuts OR NOT cut)
    GROUP BY ALL
);
