-- A case of Boston is a submission into the hands of a department, perhaps with a deadline, and perhaps a closing: nothing is
-- handed over, nothing stands still, nothing is taken up again.

CREATE TABLE cases AS
SELECT
    case_id,
    channel,
    coalesce(payload->>'category', 'UNCATEGORISED') AS category,
    coalesce(payload->>'territory', 'UNLOCATED') AS territory,
    coalesce(payload->>'holder', 'intake.' || channel) AS holder,
    happened_at AS submitted_at,
    NULL::TIMESTAMPTZ AS observed_from,
    happened_at::DATE AS submitted_on
FROM events
WHERE type = 'Submitted';

-- A target is kept by a stop at or before its deadline, whatever the outcome, and missed once the deadline is before the as-of.
-- No deadline, no target.
CREATE TABLE cycles AS
SELECT
    case_id,
    1 AS cycle,
    submitted_at AS started_at,
    false AS late,
    closing.happened_at AS stopped_at,
    closing.happened_at AS closed_at,
    closing.payload->>'outcome' AS outcome,
    true AS timed,
    make_timestamptz((submission.payload->>'resolutionDeadline')::BIGINT * 1000) AS deadline,
    CASE
        WHEN deadline IS NULL THEN 'NOT_APPLICABLE'
        WHEN stopped_at <= deadline THEN 'MET'
        WHEN deadline >= getvariable('as_of')::TIMESTAMPTZ THEN 'RUNNING'
        WHEN stopped_at IS NULL THEN 'MISSED_OPEN'
        ELSE 'MISSED_LATE'
    END AS verdict,
    false AS inherited,
    false AS contested,
    false AS overturned,
    holder AS charged,
    holder AS first_holder,
    holder AS last_holder,
    holder AS stopped_by
FROM cases
JOIN events AS submission USING (case_id)
LEFT JOIN events AS closing ON closing.case_id = cases.case_id AND closing.type = 'Closed'
WHERE submission.type = 'Submitted';

CREATE TABLE stays AS
SELECT case_id, holder, submitted_at AS since, closed_at AS until
FROM cases JOIN cycles USING (case_id);

CREATE TABLE handovers (
    case_id VARCHAR, handed_at TIMESTAMPTZ, giver VARCHAR, receiver VARCHAR, step BIGINT, slot INTEGER, cycle INTEGER);

CREATE TABLE houses (unit VARCHAR, other VARCHAR);

CREATE TABLE offers (
    case_id VARCHAR, step BIGINT, slot INTEGER, giver VARCHAR, receiver VARCHAR, since TIMESTAMPTZ, until TIMESTAMPTZ,
    until_step BIGINT, ended VARCHAR);

CREATE TABLE late_offers (case_id VARCHAR, step BIGINT, slot INTEGER, is_late BOOLEAN);

-- There are no claims: a closing is one, unless it says that nothing was done. The holder has had the case all the time.
CREATE TABLE claims AS
SELECT
    case_id, closed_at AS claimed_at, holder AS claimant, submitted_at AS held_since, false AS judged, false AS rejected,
    false AS has_evidence, CASE WHEN verdict = 'MET' THEN age_ms(submitted_at, closed_at) END AS used_ms,
    age_ms(submitted_at, deadline) AS budget_ms
FROM cases
JOIN cycles USING (case_id)
JOIN outcomes USING (outcome)
WHERE closed_at IS NOT NULL AND (resolved OR outcome = 'UNKNOWN');

CREATE TABLE answerable (case_id VARCHAR, unit VARCHAR);

CREATE TABLE ratings (case_id VARCHAR, cycle INTEGER, stars INTEGER);

CREATE TABLE handed_in (case_id VARCHAR, step BIGINT, claimed_at TIMESTAMPTZ, claimant VARCHAR, digest VARCHAR);

-- An open case is stale when nothing has happened to it for longer than the pack allows.
CREATE TABLE silences AS
SELECT case_id, submitted_at + to_milliseconds(stale_after_ms) AS silent_since, closed_at AS until
FROM cases
JOIN cycles USING (case_id)
JOIN known ON submitted_at >= known.since AND submitted_at < known.until
JOIN packs USING (pack)
WHERE silent_since < coalesce(closed_at, getvariable('as_of')::TIMESTAMPTZ);

CREATE TABLE active_days AS SELECT DISTINCT case_id, happened_at::DATE AS day FROM events;

-- The pack has no lines of competence.
CREATE TABLE origins AS SELECT case_id, holder AS unit, 'unknown' AS competence FROM cases;

CREATE TABLE merges (case_id VARCHAR, goes_on_in VARCHAR);

-- The only holder has all of the time.
CREATE TABLE shared AS
SELECT case_id, cycle, charged AS unit, 1_000_000 AS parts FROM cycles WHERE verdict LIKE 'M%';

-- Nobody did anything before the closing.
CREATE TABLE stretches AS
SELECT case_id, 'idle' AS kind, holder, since, until FROM stays;

CREATE TABLE targets (case_id VARCHAR, target VARCHAR, unit VARCHAR, deadline TIMESTAMPTZ, verdict VARCHAR);

-- Of stays that began before the last midnight: whether they ended by then, as a resolution (0) or not (3), and their length.
CREATE TABLE spells AS
SELECT
    case_id, 'stay' AS kind, NULL::VARCHAR AS place, holder AS unit, since,
    CASE WHEN resolved THEN 0 ELSE 3 END AS ending, coalesce(until < getvariable('midnight')::TIMESTAMPTZ, false) AS ended,
    age_ms(since, CASE WHEN ended THEN until ELSE getvariable('midnight')::TIMESTAMPTZ END) AS ms,
    NULL::BIGINT AS left_step, NULL::INTEGER AS left_slot
FROM stays
JOIN cycles USING (case_id)
LEFT JOIN outcomes USING (outcome)
WHERE since < getvariable('midnight')::TIMESTAMPTZ;
