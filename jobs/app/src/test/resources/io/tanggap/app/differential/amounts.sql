-- How much there is of what in a window: what rows state as counts, and make shares and ratios of.

-- The midnight that ends a window; while it goes on, the last one.
CREATE TABLE closings AS
SELECT role, rule, unit, channel, category, span, start, least(until, getvariable('today')::DATE) AS closing
FROM row_windows;

CREATE TABLE amounts AS
-- What adds up over the days of a window.
SELECT role, rule, unit, channel, category, span, start, regexp_replace(name, '^counts\.', '') AS amount, sum(value)::BIGINT AS value
FROM slice_days
JOIN row_windows USING (role, rule, unit, channel, category)
WHERE day >= start AND day < until AND name LIKE 'counts.%' AND name NOT LIKE 'counts.time\_%' ESCAPE '\'
GROUP BY ALL
UNION ALL
-- How cycles ended, of days that had ended 14 days of 24 hours before the last midnight: by then it is known whether it lasted.
SELECT
    role, rule, unit, channel, category, span, start,
    'mature_' || regexp_extract(name, '(final_stop|returned)', 1)
        || CASE WHEN outcome IN (SELECT lower(outcome) FROM outcomes WHERE resolved) THEN '_resolved' ELSE '_unresolved' END,
    sum(value)::BIGINT
FROM (
    SELECT *, regexp_extract(name, '^counts\.(final_stop|returned)_(.*)$', 2) AS outcome FROM slice_days
) AS stop_days
JOIN row_windows USING (role, rule, unit, channel, category)
WHERE outcome <> '' AND day >= start AND day < until
    AND (day + 1)::TIMESTAMPTZ + INTERVAL 336 HOURS <= getvariable('midnight')::TIMESTAMPTZ
GROUP BY ALL;

-- Open cases at the closing midnight by age: submitted on the day before they are one day old. Silent are those whose latest event
-- is of a day more than so many days before.
INSERT INTO amounts
WITH standing AS (
    SELECT
        role, rule, unit, channel, category, day, regexp_extract(name, '^histograms\.(\w+)', 1) AS kind,
        DATE '1970-01-01' + regexp_extract(name, '\[(\d+)\]', 1)::INTEGER AS of_day, value
    FROM slice_days
    WHERE name LIKE 'histograms.backlog%' OR name LIKE 'histograms.silence%'
),
ages AS (
    SELECT
        role, rule, unit, channel, category, span, start, kind, closing - of_day AS age, sum(value)::BIGINT AS value
    FROM standing
    JOIN closings USING (role, rule, unit, channel, category)
    WHERE day < closing
    GROUP BY ALL
),
classes (kind, amount, more_than, at_most) AS (
    VALUES
        ('backlog', 'open_at_midnight', 0, NULL),
        ('backlog', 'open_0_3_days', 0, 3), ('backlog', 'open_3_7_days', 3, 7), ('backlog', 'open_7_14_days', 7, 14),
        ('backlog', 'open_14_30_days', 14, 30), ('backlog', 'open_30_90_days', 30, 90), ('backlog', 'open_90_180_days', 90, 180),
        ('backlog', 'open_over_180_days', 180, NULL),
        ('silence', 'silent_over_3_days', 3, NULL), ('silence', 'silent_over_7_days', 7, NULL),
        ('silence', 'silent_over_14_days', 14, NULL), ('silence', 'silent_over_30_days', 30, NULL)
)
SELECT role, rule, unit, channel, category, span, start, amount, sum(value)::BIGINT
FROM ages
JOIN classes ON classes.kind = ages.kind AND age > more_than AND coalesce(age <= at_most, true)
GROUP BY ALL;

-- Seconds between the midnight that begins a window and the one that closes it: of a stretch up to a midnight what is before it.
INSERT INTO amounts
WITH stretch_days AS (
    SELECT
        role, rule, unit, channel, category, day, regexp_extract(name, '_([a-z]+)$', 1) AS kind,
        CASE WHEN name LIKE 'counts.time\_running\_%' ESCAPE '\' THEN value ELSE 0 END AS running,
        CASE WHEN name LIKE 'counts.time\_seconds\_%' ESCAPE '\' THEN value ELSE 0 END AS seconds
    FROM slice_days
    WHERE name LIKE 'counts.time\_%' ESCAPE '\'
)
SELECT
    role, rule, unit, channel, category, span, start, 'seconds.' || kind,
    sum(running * (epoch_ms(closing::TIMESTAMPTZ) // 1000) + seconds)::BIGINT
        - coalesce(sum(running * (epoch_ms(start::TIMESTAMPTZ) // 1000) + seconds) FILTER (day < start), 0)::BIGINT
FROM stretch_days
JOIN closings USING (role, rule, unit, channel, category)
WHERE day < closing AND start < closing
GROUP BY ALL;
