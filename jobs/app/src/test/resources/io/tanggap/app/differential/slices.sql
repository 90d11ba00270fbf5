-- What rows are for: each unit with all that is below it, uncut, or cut by one channel or one group of categories, in windows.
-- A case is summed by the units above as they were on the day of its submission, by the pack known when that day began.

CREATE TABLE days AS
SELECT DISTINCT submitted_on, pack
FROM cases
JOIN known ON submitted_on::TIMESTAMPTZ >= since AND submitted_on::TIMESTAMPTZ < until;

-- The line of a unit on a day; else the last one before; else the first one to come.
CREATE TABLE units_then AS
SELECT submitted_on, unit, parent
FROM days
JOIN unit_lines USING (pack)
QUALIFY row_number() OVER (
    PARTITION BY submitted_on, unit
    ORDER BY
        coalesce(valid_from <= submitted_on, true) AND coalesce(submitted_on < valid_to, true) DESC,
        coalesce(valid_to <= submitted_on, false) DESC,
        CASE WHEN valid_to <= submitted_on THEN valid_to END DESC,
        valid_from
) = 1;

-- Whatever has no parent, and whatever no pack lists, is directly below the city.
CREATE TABLE paths AS
WITH RECURSIVE up AS (
    SELECT DISTINCT submitted_on, unit, unit AS above
    FROM facts JOIN cases USING (case_id)
    UNION
    SELECT submitted_on, up.unit, coalesce(units_then.parent, city)
    FROM up
    JOIN days USING (submitted_on)
    JOIN packs USING (pack)
    LEFT JOIN units_then ON units_then.submitted_on = up.submitted_on AND units_then.unit = up.above
    WHERE above <> city
)
FROM up;

CREATE TABLE placed AS
SELECT case_id, submitted_on, channel, coalesce(category_group, 'other') AS category_group
FROM cases
JOIN days USING (submitted_on)
LEFT JOIN category_groups USING (pack, category);

CREATE TABLE cuts AS
SELECT case_id, submitted_on, 'ALL' AS channel, 'ALL' AS category, false AS cut FROM placed
UNION ALL
SELECT case_id, submitted_on, channel, 'ALL', true FROM placed
UNION ALL
SELECT case_id, submitted_on, 'ALL', category_group, true FROM placed;

-- Rules by which nobody is charged unless the city says so have rows of nothing that is cut, and none for less than a month.
CREATE TABLE slice_days AS
SELECT
    role, rule, above AS unit, cuts.channel, cuts.category, cuts.cut OR rule IN ('SHARE', 'ORIGIN') AS cut, day, name,
    sum(value)::BIGINT AS value
FROM (FROM facts WHERE counterpart = 'NOBODY') AS facts
JOIN cuts ON cuts.case_id = facts.case_id AND NOT (cuts.cut AND rule IN ('SHARE', 'ORIGIN'))
JOIN paths ON paths.submitted_on = cuts.submitted_on AND paths.unit = facts.unit
GROUP BY ALL
HAVING value <> 0;

-- Days, ISO weeks, months and quarters that anything happened in or may have been seen from, and the last days before the last
-- midnight; of a cut slice none is shorter than a month.
CREATE TABLE windows AS
WITH all_days AS (
    SELECT unnest(generate_series(min(day), greatest(max(day), getvariable('today')::DATE), INTERVAL 1 DAY))::DATE AS day
    FROM facts
)
SELECT 'DAY' AS span, day AS start, day + 1 AS until, false AS of_cuts FROM all_days
UNION
SELECT 'WEEK', date_trunc('week', day)::DATE AS start, start + 7, false FROM all_days
UNION
SELECT 'MONTH', date_trunc('month', day)::DATE AS start, (start + INTERVAL 1 MONTH)::DATE, true FROM all_days
UNION
SELECT 'QUARTER', date_trunc('quarter', day)::DATE AS start, (start + INTERVAL 3 MONTH)::DATE, true FROM all_days
UNION
SELECT 'ROLLING_' || length, getvariable('today')::DATE - length, getvariable('today')::DATE, length > 7
FROM unnest([7, 30, 90]) AS lengths (length);

-- What has come in and not gone out by the end of each window.
CREATE TABLE stocks AS
WITH flows AS (
    SELECT
        role, rule, unit, channel, category, cut, day,
        regexp_extract(name, '^counts\.(.*)_(entered|left)$', 1) AS stock,
        CASE WHEN name LIKE '%_entered' THEN value ELSE -value END AS change
    FROM slice_days
    WHERE stock <> ''
),
slices AS (
    SELECT role, rule, unit, channel, category, cut, min(day) AS first_day FROM slice_days GROUP BY ALL
),
ends AS (
    SELECT slices.*, span, start, until
    FROM slices
    JOIN windows ON until > first_day AND (of_cuts OR NOT cut)
),
kinds AS (SELECT DISTINCT stock FROM flows),
running AS (
    SELECT
        role, rule, unit, channel, category, stock, day,
        sum(change) OVER (PARTITION BY role, rule, unit, channel, category, stock ORDER BY day) AS level
    FROM (SELECT * REPLACE (sum(change) AS change) FROM flows GROUP BY ALL)
)
SELECT
    ends.role, ends.rule, ends.unit, ends.channel, ends.category, ends.cut, ends.span, ends.start, ends.until, kinds.stock,
    coalesce(level, 0)::BIGINT AS level
FROM ends
CROSS JOIN kinds
ASOF LEFT JOIN running
    ON running.role = ends.role AND running.rule = ends.rule AND running.unit = ends.unit AND running.channel = ends.channel
    AND running.category = ends.category AND running.stock = kinds.stock AND ends.until > running.day;

-- A window has a row where anything happened in it. Where nothing is cut it has one too while a stock is left at its end, from
-- the first day of the slice to today; of days only today and yesterday.
CREATE TABLE row_windows AS
SELECT DISTINCT role, rule, unit, channel, category, cut, span, start, until
FROM (
    SELECT role, rule, unit, channel, category, cut, span, start, until, name
    FROM slice_days
    JOIN windows ON day >= start AND day < until AND (of_cuts OR NOT cut)
    GROUP BY ALL
    HAVING sum(value) <> 0
)
UNION
SELECT role, rule, unit, channel, category, cut, span, start, until
FROM stocks
WHERE NOT cut AND level <> 0
    AND start <= getvariable('today')::DATE
    AND (span <> 'DAY' OR start >= getvariable('today')::DATE - 1);

-- A pair is by itself: no unit above has a row for it, and none is for less than a month.
CREATE TABLE pair_windows AS
SELECT DISTINCT role, rule, unit, counterpart, span, start, until
FROM facts
JOIN windows ON day >= start AND day < until AND of_cuts
WHERE name = 'counts.pair_hops';
