-- What was due when. A clock counts a budget over the working time of its calendar in which it did not stand still; its verdict
-- compares instants.

-- When the holder of a stay first did something about the case.
CREATE TABLE acts AS
SELECT stays.case_id, number, min(log.since) AS acted_at
FROM stays
JOIN log ON log.case_id = stays.case_id AND what = 'ACTED'
    AND (log.step, log.slot) > (stays.step, stays.slot)
    AND (until IS NULL OR (log.step, log.slot) < (until_step, until_slot))
GROUP BY ALL;

CREATE TABLE clocks AS
SELECT
    case_id, 'RESOLUTION' AS target, turns.cycle, 1 AS number, competent.unit, NULL::VARCHAR AS party,
    started_at, stopped_at, stop_step, stated, timed, false AS ended_by_others
FROM turns
JOIN cases USING (case_id)
LEFT JOIN competent USING (case_id)
UNION ALL
-- From the submission at a desk until somebody, and not a machine, placed, verified, assigned or ended the case.
SELECT
    case_id, 'TRIAGE', 1, 1, desk, desk, submitted_at,
    (
        SELECT min(since) FROM (
            SELECT since FROM log WHERE log.case_id = begun.case_id AND what IN ('ASSIGNED', 'CLOSED')
            UNION ALL
            SELECT told_at FROM told
            WHERE told.case_id = begun.case_id AND (type = 'Verified' OR (placed AND actor <> 'SYSTEM'))
        )
    ),
    NULL, NULL, true, false
FROM begun
WHERE (submitted->>'holder') IS NULL OR (submitted->>'holder') = desk
UNION ALL
-- Of a stay that did not begin with an acceptance, until the holder did something or somebody took the case away.
SELECT
    case_id, 'HANDOVER', cycle, row_number() OVER (PARTITION BY case_id, cycle ORDER BY number), holder, holder, since,
    coalesce(acted_at, until),
    NULL, NULL, true, acted_at IS NULL AND coalesce(until_slot <> 90, true)
FROM stays
LEFT JOIN acts USING (case_id, number)
JOIN begun USING (case_id)
WHERE entry IN ('SUBMITTED', 'ASSIGNED', 'REOPENED') AND holder <> desk;

-- The first line of policy of the target that covers the case on the day of the start.
CREATE TABLE policies AS
SELECT
    line, content->>'target' AS target, content->>'category' AS category, content->>'channel' AS channel,
    content->>'level' AS level, (content->>'within')::BIGINT AS within_ms, (content->>'inDays')::BOOLEAN AS in_days,
    content->>'calendar' AS calendar, (content->'validity'->>'from')::DATE AS valid_from,
    (content->'validity'->>'to')::DATE AS valid_to
FROM lines('policies');

CREATE TABLE allowed AS
SELECT clocks.*, policies.line, within_ms, in_days, calendar
FROM clocks
JOIN cases USING (case_id)
LEFT JOIN units ON units.unit = clocks.unit
JOIN policies
    ON policies.target = clocks.target
    AND (policies.category IS NULL OR policies.category = named)
    AND (policies.channel IS NULL OR policies.channel = cases.channel)
    AND (policies.level IS NULL OR policies.level = units.level)
    AND coalesce(valid_from <= started_at::DATE, true) AND coalesce(started_at::DATE < valid_to, true)
WHERE stated IS NULL
QUALIFY row_number() OVER (PARTITION BY case_id, clocks.target, cycle, number ORDER BY line) = 1;

-- Working hours day by day, for each decree of holidays as it was known from then on. A holiday takes the place of its day's
-- hours: of those decreed last a free day before any hours.
CREATE TABLE hours AS
SELECT
    content->>'id' AS calendar, hour.value->>'weekday' AS weekday,
    (hour.value->'span'->>'fromMinute')::INTEGER AS from_minute, (hour.value->'span'->>'toMinute')::INTEGER AS to_minute,
    (hour.value->'validity'->>'from')::DATE AS valid_from, (hour.value->'validity'->>'to')::DATE AS valid_to
FROM lines('calendars') AS calendars, json_each(calendars.content, '$.hours') AS hour;

CREATE TABLE holidays AS
SELECT
    content->>'id' AS calendar, (holiday.value->>'date')::DATE AS day,
    (holiday.value->'instead'->>'fromMinute')::INTEGER AS from_minute,
    (holiday.value->'instead'->>'toMinute')::INTEGER AS to_minute,
    (holiday.value->>'knownFrom')::DATE AS decreed
FROM lines('calendars') AS calendars, json_each(calendars.content, '$.holidays') AS holiday;

CREATE TABLE decrees AS
SELECT DISTINCT calendar, coalesce(decreed, '-infinity'::DATE) AS decreed
FROM holidays
WHERE decreed IS NULL OR decreed <= getvariable('today')::DATE
UNION
SELECT DISTINCT calendar, '-infinity'::DATE FROM hours;

CREATE TABLE shifts AS
WITH span AS (
    SELECT unnest(generate_series(min(started_at)::DATE - 1, getvariable('today')::DATE + 400, INTERVAL 1 DAY))::DATE AS day
    FROM clocks
),
instead AS (
    SELECT decrees.calendar, decrees.decreed, day, from_minute, to_minute
    FROM decrees
    JOIN holidays ON holidays.calendar = decrees.calendar AND coalesce(holidays.decreed, '-infinity'::DATE) <= decrees.decreed
    QUALIFY dense_rank() OVER (
        PARTITION BY decrees.calendar, decrees.decreed, day
        ORDER BY coalesce(holidays.decreed, '-infinity'::DATE) DESC, from_minute IS NOT NULL
    ) = 1
),
worked AS (
    SELECT calendar, decreed, day, from_minute, to_minute
    FROM decrees
    CROSS JOIN span
    JOIN hours USING (calendar)
    WHERE weekday = upper(dayname(day)) AND coalesce(valid_from <= day, true) AND coalesce(day < valid_to, true)
        AND NOT EXISTS (
            FROM instead
            WHERE instead.calendar = decrees.calendar AND instead.decreed = decrees.decreed AND instead.day = span.day)
    UNION ALL
    SELECT calendar, decreed, day, from_minute, to_minute FROM instead WHERE from_minute IS NOT NULL
)
SELECT
    calendar, decreed, day,
    (day + to_minutes(from_minute))::TIMESTAMPTZ AS opens,
    (day + to_minutes(to_minute))::TIMESTAMPTZ AS closes
FROM worked;

-- A clock is judged by what was known when it was judged: by the decrees known at its start, and anew with each decree that
-- comes before it has stopped or run out. Each of these is a hearing.
CREATE TABLE hearings AS
SELECT
    row_number() OVER () AS hearing, allowed.*, decreed,
    greatest(started_at, CASE WHEN decreed > started_at::DATE THEN decreed::TIMESTAMPTZ ELSE started_at END) AS known_at,
    lead(decreed) OVER (PARTITION BY case_id, target, cycle, number ORDER BY decreed)::TIMESTAMPTZ AS next_known_at
FROM allowed
LEFT JOIN decrees USING (calendar)
QUALIFY coalesce(
    decreed > started_at::DATE
    OR decreed = max(decreed) FILTER (decreed <= started_at::DATE) OVER (PARTITION BY case_id, target, cycle, number),
    true);

-- Waits for a reason that the pack allows, up to what is left of its cap: all waits of a reason on one clock have one cap. While
-- it is not reached an open wait has no end.
CREATE TABLE pause_rules AS
SELECT
    line, content->>'reason' AS reason, content->>'target' AS target, (content->>'cap')::BIGINT AS cap_ms,
    (content->'validity'->>'from')::DATE AS valid_from, (content->'validity'->>'to')::DATE AS valid_to
FROM lines('pauses');

CREATE TABLE pauses AS
WITH spans AS (
    SELECT
        case_id, clocks.target, cycle, number, reason, cap_ms, waits.since AS waited_since,
        greatest(waits.since, started_at) AS since,
        least(waits.until, stopped_at) AS until
    FROM clocks
    JOIN waits USING (case_id)
    JOIN pause_rules USING (reason)
    WHERE stated IS NULL
        AND coalesce(pause_rules.target = clocks.target, clocks.target NOT IN ('FIRST_RESPONSE', 'ACCEPTANCE'))
        AND coalesce(valid_from <= waits.since::DATE, true) AND coalesce(waits.since::DATE < valid_to, true)
        AND (waits.until IS NULL OR waits.until > started_at)
        AND (stopped_at IS NULL OR waits.since < stopped_at)
    QUALIFY row_number() OVER (PARTITION BY case_id, clocks.target, cycle, number, waits.since, reason ORDER BY line) = 1
),
capped AS (
    SELECT
        *,
        since + to_milliseconds(cap_ms - coalesce(sum(age_ms(since, until)) OVER (
            PARTITION BY case_id, target, cycle, number, reason
            ORDER BY since ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0)::BIGINT) AS cap_at
    FROM spans
    WHERE until IS NULL OR since < until
)
SELECT
    case_id, target, cycle, number, reason, since,
    CASE WHEN until IS NULL AND cap_at > getvariable('as_of')::TIMESTAMPTZ THEN NULL ELSE least(until, cap_at) END AS until
FROM capped
WHERE cap_at > since;

-- The stretches in which a clock runs, and of them those in which work is done.
CREATE TABLE counted AS
WITH bounds AS (
    SELECT hearing, calendar, decreed, started_at AS since, 0 AS place FROM hearings
    UNION ALL
    SELECT hearing, calendar, decreed, until, 0
    FROM hearings
    JOIN pauses USING (case_id, target, cycle, number)
),
pieces AS (
    SELECT
        bounds.hearing, bounds.calendar, bounds.decreed, bounds.since,
        coalesce((
            SELECT min(pauses.since) FROM pauses
            WHERE pauses.case_id = hearings.case_id AND pauses.target = hearings.target AND pauses.cycle = hearings.cycle
                AND pauses.number = hearings.number AND pauses.since >= bounds.since
        ), 'infinity'::TIMESTAMPTZ) AS until
    FROM bounds
    JOIN hearings USING (hearing)
    WHERE bounds.since IS NOT NULL
)
SELECT hearing, greatest(since, opens) AS since, least(until, closes) AS until
FROM pieces
JOIN shifts ON shifts.calendar = pieces.calendar AND shifts.decreed = pieces.decreed AND opens < until AND closes > since
UNION ALL
SELECT hearing, since, least(until, getvariable('as_of')::TIMESTAMPTZ + INTERVAL 10000 HOURS)
FROM pieces
WHERE calendar IS NULL AND since < until;

-- Working days: day 0 is that of the first working instant at or after the start, and the budget what is worked from the start to
-- the end of the last hours of the n-th working day after it.
CREATE TABLE budgets AS
WITH worked_days AS (
    SELECT hearing, within_ms // hours(24) AS days, day, max(closes) AS last_instant
    FROM hearings
    JOIN shifts USING (calendar, decreed)
    WHERE in_days AND closes > started_at
    GROUP BY ALL
),
last_instants AS (
    SELECT hearing, last_instant
    FROM worked_days
    QUALIFY row_number() OVER (PARTITION BY hearing ORDER BY day) = days + 1
)
SELECT hearing, within_ms AS budget_ms FROM hearings WHERE NOT in_days
UNION ALL
SELECT hearing, sum(age_ms(greatest(opens, started_at), closes))::BIGINT
FROM hearings
JOIN last_instants USING (hearing)
JOIN shifts USING (calendar, decreed)
WHERE closes > started_at AND closes <= last_instant
GROUP BY hearing;

-- The earliest instant at which the budget is used up; none while the clock stands still before.
CREATE TABLE deadlines AS
WITH sums AS (
    SELECT hearing, until, sum(age_ms(since, until)) OVER (PARTITION BY hearing ORDER BY since) AS used FROM counted
)
SELECT hearing, budget_ms, min(until - to_milliseconds((used - budget_ms)::BIGINT)) FILTER (used >= budget_ms) AS deadline
FROM budgets
LEFT JOIN sums USING (hearing)
GROUP BY ALL;

-- The hearing that judged, and its verdict. A deadline that was stated with the case is a fact about it: no calendar and no pause
-- moves it. Nobody missed a target before anybody knew it.
CREATE TABLE judged AS
WITH heard AS (
    SELECT hearings.*, budget_ms, deadline
    FROM hearings
    JOIN deadlines USING (hearing)
    QUALIFY row_number() OVER (
        PARTITION BY case_id, target, cycle, number
        ORDER BY next_known_at IS NULL
            OR yes(stopped_at < next_known_at)
            OR yes(deadline + to_milliseconds(1) < next_known_at) DESC, hearing
    ) = 1
),
due AS (
    SELECT clocks.*, heard.hearing, budget_ms, heard.deadline, known_at, heard.hearing IS NOT NULL AS applies
    FROM clocks
    LEFT JOIN heard USING (case_id, target, cycle, number)
    WHERE clocks.stated IS NULL
    UNION ALL
    SELECT *, NULL, greatest(age_ms(started_at, stated), 0), stated, started_at, true
    FROM clocks
    WHERE stated IS NOT NULL
)
SELECT
    *,
    CASE
        WHEN NOT applies THEN 'NOT_APPLICABLE'
        WHEN deadline IS NULL THEN 'PAUSED'
        WHEN stopped_at <= deadline THEN CASE WHEN timed THEN 'MET' ELSE 'UNDECIDABLE' END
        WHEN deadline >= getvariable('as_of')::TIMESTAMPTZ THEN 'RUNNING'
        WHEN stopped_at IS NULL THEN 'MISSED_OPEN'
        ELSE 'MISSED_LATE'
    END AS verdict,
    CASE
        WHEN verdict LIKE 'MISSED%' THEN greatest(deadline + to_milliseconds(1), known_at)
        ELSE coalesce(stopped_at, getvariable('as_of')::TIMESTAMPTZ)
    END AS judged_at
FROM due;
