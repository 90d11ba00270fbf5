-- What the events say, and the reference of their days: what the story asks of each.

-- The queries know no rule for anything else: whoever lets it occur has to write it down here first.
SELECT error('the story has no rule for ' || type || ' with time ' || time_note)
FROM events
WHERE time_note = 'OBSERVED' OR type NOT IN (
    'Submitted', 'Assigned', 'HandoverOffered', 'HandoverAccepted', 'HandoverDeclined', 'Recalled', 'Delegated', 'EscalatedUp',
    'PublicReply', 'InternalNote', 'ProgressUpdated', 'WaitStarted', 'WaitEnded', 'ResolutionClaimed', 'ResolutionRejected',
    'ResolutionValidated', 'Closed', 'Rejected', 'Reopened', 'Rated', 'Disputed', 'MergedInto', 'Verified',
    'VerificationDeferred', 'Categorised', 'JurisdictionResolved', 'LocationCorrected', 'ChannelLinked', 'SplitInto',
    'VerdictContested', 'VerdictDecided', 'SnapshotObserved');

SELECT error('the story is told by one pack') FROM packs HAVING count(*) > 1;

CREATE MACRO yes(condition) AS coalesce(condition, false);

-- The first submission; a case whose submission is lost begins with what is first heard of it, in nobody's hands.
CREATE TABLE begun AS
SELECT
    case_id,
    first(channel ORDER BY step) AS channel,
    'intake.' || first(channel ORDER BY step) AS desk,
    min(step) FILTER (type = 'Submitted') AS submission,
    coalesce(first(happened_at ORDER BY step) FILTER (type = 'Submitted'), first(happened_at ORDER BY step)) AS submitted_at,
    first(payload ORDER BY step) FILTER (type = 'Submitted') AS submitted
FROM events
GROUP BY case_id;

-- Whose task is what, by a line for a category or for every category. Neither lines of competence nor units begin or end in the
-- time of the story: the queries ask them once.
CREATE TABLE competences AS
SELECT
    line, content->>'category' AS category, coalesce(content->>'territory', city) AS territory, content->>'unit' AS unit,
    (content->'validity'->>'from')::DATE AS valid_from, (content->'validity'->>'to')::DATE AS valid_to
FROM lines('competences')
CROSS JOIN packs;

CREATE TABLE story AS
SELECT least(min(happened_at), min(submitted_at))::DATE AS first_day, getvariable('today')::DATE AS last_day
FROM events
CROSS JOIN begun;

SELECT error('the story has no rule for a line that begins or ends on ' || valid_from || ', ' || valid_to)
FROM (SELECT valid_from, valid_to FROM competences UNION ALL SELECT valid_from, valid_to FROM unit_lines)
CROSS JOIN story
WHERE (valid_from > first_day AND valid_from <= last_day) OR (valid_to > first_day AND valid_to <= last_day);

-- The line of a unit in that time; else the last one before; else the first to come.
CREATE TABLE units AS
SELECT
    unit, kind = 'AGENCY' AS agency, level, parent,
    coalesce(valid_from <= last_day, true) AND coalesce(last_day < valid_to, true) AS listed
FROM unit_lines
CROSS JOIN story
QUALIFY row_number() OVER (
    PARTITION BY unit
    ORDER BY
        listed DESC,
        coalesce(valid_to <= last_day, false) DESC,
        CASE WHEN valid_to <= last_day THEN valid_to END DESC,
        valid_from
) = 1;

-- A unit and every unit above it, nearest first, the city last.
CREATE TABLE above AS
WITH RECURSIVE up AS (
    SELECT unit, unit AS other, 0 AS height FROM units
    UNION ALL
    SELECT up.unit, coalesce(units.parent, city), height + 1
    FROM up
    CROSS JOIN packs
    LEFT JOIN units ON units.unit = up.other
    WHERE up.other <> city
)
FROM up;

-- Two units of which one is above the other. Of agencies they are one house; land is no house.
CREATE TABLE in_line AS
SELECT unit, other FROM above
UNION
SELECT other, unit FROM above;

CREATE TABLE houses AS
SELECT in_line.unit, other
FROM in_line
JOIN units AS one ON one.unit = in_line.unit AND one.agency
JOIN units AS two ON two.unit = other AND two.agency;

-- A state repeats what others may have corrected since: only what the states before did not say is news.
CREATE TABLE states AS
SELECT
    case_id, step,
    payload->>'category' AS category,
    payload->>'territory' AS territory,
    last_value(payload->>'category' IGNORE NULLS) OVER earlier AS category_before,
    last_value(payload->>'territory' IGNORE NULLS) OVER earlier AS territory_before
FROM events
WHERE type = 'SnapshotObserved'
WINDOW earlier AS (PARTITION BY case_id ORDER BY step ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

-- A record that is a whole state repeats its place, which somebody may have corrected since.
CREATE TABLE placings AS
SELECT case_id, step, payload->>'territory' AS territory,
    lag(payload::VARCHAR) OVER (PARTITION BY case_id ORDER BY step) IS DISTINCT FROM payload::VARCHAR AS is_news
FROM events
WHERE type = 'JurisdictionResolved';

-- What a case is about and where is what was last said: it always was.
CREATE TABLE cases AS
WITH categories AS (
    SELECT case_id, 0 AS step, submitted->>'category' AS category FROM begun
    UNION ALL
    SELECT case_id, step, payload->>'category' FROM events WHERE type = 'Categorised'
    UNION ALL
    SELECT case_id, step, category FROM states WHERE category IS DISTINCT FROM category_before
),
territories AS (
    SELECT case_id, 0 AS step, submitted->>'territory' AS territory FROM begun
    UNION ALL
    SELECT case_id, step, territory FROM placings WHERE is_news
    UNION ALL
    SELECT case_id, step, payload->>'territory' FROM events WHERE type = 'LocationCorrected'
    UNION ALL
    SELECT case_id, step, territory FROM states WHERE territory IS DISTINCT FROM territory_before
)
SELECT
    case_id, channel, desk, submitted_at, submitted_at::DATE AS submitted_on, category AS named, territory AS located,
    make_timestamptz((submitted->>'observedFrom')::BIGINT * 1000) AS observed_from,
    coalesce(category, 'UNCATEGORISED') AS category,
    coalesce(territory, 'UNLOCATED') AS territory
FROM begun
LEFT JOIN (
    SELECT case_id, last(category ORDER BY step) AS category FROM categories WHERE category IS NOT NULL GROUP BY case_id
) USING (case_id)
LEFT JOIN (
    SELECT case_id, last(territory ORDER BY step) AS territory FROM territories WHERE territory IS NOT NULL GROUP BY case_id
) USING (case_id);

CREATE TABLE channel_lines AS
SELECT content->>'id' AS channel, (content->>'reopensAtStars')::INTEGER AS reopens_at_stars FROM lines('channels');

-- What is told after the submission, in order; what is dated before it happened, for all that clocks know, with it. The last
-- word is that of the as-of, before which an offer may lapse.
CREATE TABLE told AS
SELECT
    case_id,
    row_number() OVER (PARTITION BY case_id ORDER BY step) AS step,
    type,
    greatest(happened_at, submitted_at) AS told_at,
    happened_at < submitted_at AS early,
    actor,
    org_unit AS unit,
    coalesce(payload->>'to', payload->>'by', payload->>'holder') AS target,
    CASE WHEN type = 'VerificationDeferred' THEN 'CITIZEN_INFO' ELSE payload->>'reason' END AS reason,
    payload->>'status' AS status,
    CASE type
        WHEN 'Rejected' THEN 'INVALID'
        WHEN 'MergedInto' THEN 'DUPLICATE'
        WHEN 'ResolutionValidated' THEN 'FIXED'
        WHEN 'SnapshotObserved' THEN coalesce(payload->>'outcome', 'UNKNOWN')
        ELSE payload->>'outcome'
    END AS outcome,
    make_timestamptz((payload->>'resolutionDeadline')::BIGINT * 1000) AS deadline,
    yes(type = 'MergedInto' AND (payload->>'caseId') <> case_id) AS merges,
    payload->>'caseId' AS named_case,
    (payload->>'stars')::INTEGER AS stars,
    stars <= reopens_at_stars AS dissatisfied,
    (payload->>'upheld')::BOOLEAN AS upheld,
    from_json(payload->'evidence', '["VARCHAR"]') AS evidence,
    placings.is_news AS placed,
    own.listed AS target_listed,
    yes(acting.listed) AND yes(own.listed) AND line.unit IS NULL AS unit_out_of_line,
    yes(org_unit = coalesce(payload->>'to', payload->>'by', payload->>'holder')) OR houses.unit IS NOT NULL AS of_target,
    desk
FROM events
JOIN begun USING (case_id)
LEFT JOIN channel_lines ON channel_lines.channel = begun.channel
LEFT JOIN placings USING (case_id, step)
LEFT JOIN units AS own ON own.unit = coalesce(payload->>'to', payload->>'by', payload->>'holder')
LEFT JOIN units AS acting ON acting.unit = org_unit
LEFT JOIN in_line AS line
    ON line.unit = org_unit AND line.other = coalesce(payload->>'to', payload->>'by', payload->>'holder')
LEFT JOIN houses
    ON houses.unit = org_unit AND houses.other = coalesce(payload->>'to', payload->>'by', payload->>'holder')
WHERE step IS DISTINCT FROM submission;

INSERT INTO told BY NAME
SELECT
    begun.case_id, coalesce(max(step), 0) + 1 AS step, 'AsOf' AS type, getvariable('as_of')::TIMESTAMPTZ AS told_at,
    false AS early, any_value(begun.desk) AS desk
FROM begun
LEFT JOIN told USING (case_id)
GROUP BY begun.case_id;

-- Whose task a case is: of the nearest territory going up that has a line the unit that the line names; in one territory a line
-- for the category wins over one for every category, and of several the first. With it its house; without any line nobody.
CREATE TABLE competent AS
WITH places AS (
    SELECT case_id, named, coalesce(other, located, city) AS territory, coalesce(height, 0) AS height
    FROM cases
    CROSS JOIN packs
    LEFT JOIN above ON above.unit = located
    UNION ALL
    -- What no pack lists is directly below the city.
    SELECT case_id, named, city, 1
    FROM cases
    CROSS JOIN packs
    ANTI JOIN above ON above.unit = located
)
SELECT case_id, unit
FROM places
JOIN competences USING (territory)
CROSS JOIN story
WHERE (category IS NULL OR category = named)
    AND coalesce(valid_from <= last_day, true) AND coalesce(last_day < valid_to, true)
QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY height, category IS NULL, line) = 1;

CREATE TABLE answerable AS
SELECT case_id, unit FROM competent
UNION
SELECT case_id, houses.other FROM competent JOIN houses USING (unit);
