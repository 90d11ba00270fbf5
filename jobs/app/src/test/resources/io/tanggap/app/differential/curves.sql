-- How long something takes, of those that it happened to and those that it has not happened to yet: the time from the first report
-- to the first closing (Kaplan and Meier), to the first stop of a problem that was closed as fixed or answered with other outcomes
-- competing (Aalen and Johansen), the same for closings that lasted, as far as could be known 14 days ago; the ages of the closings
-- of the window alone; how long offers stood until they were taken, and stays lasted, however they ended and by how they did; and
-- how long the giver had had the case before a hop. What goes on is censored at the last midnight. Within a bin ends come before
-- censorings. Whoever is observed late is at risk in the bins after that of the entry.

CREATE TABLE sliced_cohort AS
SELECT
    cohort.* EXCLUDE (role, rule, unit), role, rule, above AS unit, cuts.channel, cuts.category, cut
FROM cohort
JOIN cuts USING (case_id)
JOIN paths ON paths.submitted_on = cuts.submitted_on AND paths.unit = cohort.unit
WHERE timed AND first_at < getvariable('midnight')::TIMESTAMPTZ;

CREATE TABLE durations AS
WITH ages AS (
    SELECT
        *,
        age_bin(age_ms(first_at, CASE WHEN ended THEN closed_at ELSE getvariable('midnight')::TIMESTAMPTZ END)) AS end_bin,
        age_bin(age_ms(first_at, CASE WHEN ended THEN stopped_at ELSE getvariable('midnight')::TIMESTAMPTZ END)) AS stop_bin,
        age_bin(age_ms(first_at, CASE
            WHEN lasted THEN lasting_closed_at
            ELSE getvariable('midnight')::TIMESTAMPTZ - INTERVAL 336 HOURS
        END)) AS lasting_bin
    FROM sliced_cohort
),
places AS (
    SELECT
        role, rule, unit, channel, category, cut, day, regexp_extract(name, '^histograms\.(\w+)', 1) AS histogram,
        regexp_extract(name, '\[(\d+)\]', 1)::BIGINT % 329 AS bin, regexp_extract(name, '\[(\d+)\]', 1)::BIGINT // 329 AS ending, value
    FROM slice_days
    WHERE name SIMILAR TO 'histograms\.(closed_age|stay_end|stay_open|limbo_end|limbo_open).*'
),
-- Stays end resolved (0) or handed on (1), offers taken (4).
ways (curve, spell, ending) AS (
    VALUES ('stay', 'stay', NULL), ('stay_resolved', 'stay', 0), ('stay_handed_on', 'stay', 1), ('offer_taken', 'limbo', 4)
)
SELECT
    role, rule, unit, 'NOBODY' AS counterpart, channel, category, cut, day, 'close' AS curve, end_bin AS bin,
    count(*) FILTER (ended) AS wanted, 0 AS others, count(*) FILTER (NOT ended) AS still_open, 0 AS entering
FROM ages
WHERE followed
GROUP BY ALL
UNION ALL
SELECT
    role, rule, unit, 'NOBODY', channel, category, cut, day, 'resolution', stop_bin,
    count(*) FILTER (ended AND resolved), count(*) FILTER (ended AND NOT resolved), count(*) FILTER (NOT ended), 0
FROM ages
WHERE followed
GROUP BY ALL
UNION ALL
SELECT
    role, rule, unit, 'NOBODY', channel, category, cut, day, 'durable_resolution', lasting_bin,
    count(*) FILTER (lasted AND lasting_resolved), count(*) FILTER (lasted AND NOT lasting_resolved),
    count(*) FILTER (NOT lasted), 0
FROM ages
WHERE followed_long AND (lasted OR first_at < getvariable('midnight')::TIMESTAMPTZ - INTERVAL 336 HOURS)
GROUP BY ALL
UNION ALL
SELECT role, rule, unit, 'NOBODY', channel, category, cut, day, unnest(['close', 'resolution']), entry_bin, 0, 0, 0, 1
FROM ages
WHERE followed AND entry_bin IS NOT NULL
UNION ALL
SELECT role, rule, unit, 'NOBODY', channel, category, cut, day, 'durable_resolution', entry_bin, 0, 0, 0, 1
FROM ages
WHERE followed_long AND entry_bin IS NOT NULL
UNION ALL
SELECT role, rule, unit, 'NOBODY', channel, category, cut, day, 'closed_only', bin, value, 0, 0, 0
FROM places
WHERE histogram = 'closed_age'
UNION ALL
SELECT
    role, rule, unit, 'NOBODY', channel, category, cut, day, curve, bin,
    coalesce(sum(value) FILTER (histogram LIKE '%end' AND (ways.ending IS NULL OR places.ending = ways.ending)), 0),
    coalesce(sum(value) FILTER (histogram LIKE '%end' AND places.ending <> ways.ending), 0),
    coalesce(sum(value) FILTER (histogram LIKE '%open'), 0), 0
FROM places
JOIN ways ON histogram LIKE spell || '%'
GROUP BY ALL
UNION ALL
-- Pairs have rows of nothing that is cut, and none for less than a month.
SELECT
    role, rule, unit, counterpart, 'ALL', 'ALL', true, day, 'stay_before_hop', regexp_extract(name, '\[(\d+)\]', 1)::BIGINT,
    sum(value), 0, 0, 0
FROM facts
WHERE name LIKE 'histograms.pair\_stay%' ESCAPE '\'
GROUP BY ALL;

-- What is followed, numbered.
CREATE TABLE series AS
SELECT row_number() OVER () AS series, *
FROM (SELECT DISTINCT role, rule, unit, counterpart, channel, category, cut, curve FROM durations);

-- Where some are observed late, a curve begins with the first bin in which 10 are at risk, and speaks of those that were still open
-- then. Where there never are it begins with a bin past the last.
CREATE TABLE at_risk AS
WITH summed AS (
    SELECT
        series, span, start, bin, sum(wanted)::BIGINT AS wanted, sum(wanted + others)::BIGINT AS ends,
        sum(wanted + others + still_open)::BIGINT AS leaving, sum(entering)::BIGINT AS entering
    FROM (
        FROM durations
        UNION ALL
        -- Bins in which nobody leaves: the first, and those that begin with somebody more at risk.
        SELECT * REPLACE (unnest([0, bin + 1]) AS bin, 0 AS entering) FROM durations WHERE entering > 0
    )
    JOIN series USING (role, rule, unit, counterpart, channel, category, cut, curve)
    JOIN windows ON day >= start AND day < until AND (of_cuts OR NOT cut)
    GROUP BY ALL
)
SELECT *, CASE WHEN sum(entering) OVER whole = 0 THEN 0 ELSE coalesce(min(bin) FILTER (still >= 10) OVER whole, 329) END AS begins
FROM (
    SELECT
        *,
        sum(leaving - entering) OVER (
            PARTITION BY series, span, start ORDER BY bin ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )::BIGINT AS still
    FROM summed
)
WINDOW whole AS (PARTITION BY series, span, start);

CREATE TABLE curves AS
WITH hazards AS (
    SELECT * EXCLUDE (begins), CASE WHEN ends > 0 THEN ends / still ELSE 0 END AS hazard
    FROM at_risk
    WHERE bin >= begins AND leaving > 0
),
survival AS (
    SELECT
        *,
        coalesce(product(1 - hazard) OVER (
            PARTITION BY series, span, start ORDER BY bin ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 1) AS survival_before
    FROM hazards
)
SELECT
    *,
    sum(survival_before * wanted / still) OVER (PARTITION BY series, span, start ORDER BY bin) AS reached
FROM survival;
