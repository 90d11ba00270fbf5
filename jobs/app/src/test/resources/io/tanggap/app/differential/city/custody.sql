-- What the stories come to: stays, hand-overs, waits, silences, and the cycles as far as no clock is needed.

-- A stay ends where the next begins, or with the closing. A case that moves while it is closed is in nobody's hands; taken up
-- again it begins a stay with whoever holds it.
CREATE TABLE stays AS
WITH marks AS (
    SELECT
        case_id, step, slot, since, unit, what, how,
        what <> 'CLOSED' AS begins
    FROM log
    WHERE what IN ('FIRST', 'REOPENED', 'REOPENED_LATE', 'CLOSED')
        OR (what IN ('ASSIGNED', 'DELEGATED', 'ACCEPTED', 'TAKEN') AND unit <> other)
),
opened AS (
    SELECT
        *,
        last_value(CASE
            WHEN what = 'CLOSED' THEN false
            WHEN what IN ('FIRST', 'REOPENED', 'REOPENED_LATE') THEN true
        END IGNORE NULLS) OVER (PARTITION BY case_id ORDER BY step, slot) AS is_open,
        count(*) FILTER (what IN ('FIRST', 'REOPENED', 'REOPENED_LATE')) OVER (PARTITION BY case_id ORDER BY step, slot) AS cycle
    FROM marks
),
bounded AS (
    SELECT
        *,
        lead(since) OVER (PARTITION BY case_id ORDER BY step, slot) AS until,
        lead(step) OVER (PARTITION BY case_id ORDER BY step, slot) AS until_step,
        lead(slot) OVER (PARTITION BY case_id ORDER BY step, slot) AS until_slot
    FROM opened
    WHERE is_open OR what = 'CLOSED'
)
SELECT
    case_id, cycle, unit AS holder, how AS entry, since, until, step, slot, until_step, until_slot,
    row_number() OVER (PARTITION BY case_id ORDER BY step, slot) AS number
FROM bounded
WHERE begins;

-- What the desk gives away is no hand-over, and neither is a delegation, or what else stays in a house. What moves while the case
-- is closed is in no cycle.
CREATE TABLE handovers AS
SELECT
    log.case_id, since AS handed_at, log.other AS giver, log.unit AS receiver, log.step, slot,
    CASE WHEN life.open_before OR life.progress <> 'CLOSED' THEN life.cycle END AS cycle
FROM log
JOIN life ON life.case_id = log.case_id AND life.step = log.step
LEFT JOIN houses ON houses.unit = log.other AND houses.other = log.unit
WHERE what IN ('ACCEPTED', 'TAKEN') AND log.unit <> log.other AND houses.unit IS NULL;

-- A wait goes on while the case is waiting for the same reason.
CREATE TABLE waits AS
WITH changes AS (
    SELECT
        case_id, step, told_at, reason,
        reason IS DISTINCT FROM lag(reason) OVER (PARTITION BY case_id ORDER BY step) AS changes
    FROM life
)
SELECT case_id, reason, told_at AS since, until
FROM (
    SELECT *, lead(told_at) OVER (PARTITION BY case_id ORDER BY step) AS until
    FROM changes
    WHERE changes
)
WHERE reason IS NOT NULL;

-- From the reporter's answer, whatever was waited for, until an officer or a validator did anything or the case ended; another answer
-- in that time begins no other.
CREATE TABLE overruns AS
SELECT case_id, min(since) AS since, until
FROM (
    SELECT
        answer.case_id, answer.told_at AS since,
        (
            SELECT min(later.told_at)
            FROM told AS later
            LEFT JOIN log ON log.case_id = later.case_id AND log.step = later.step AND what = 'CLOSED'
            WHERE later.case_id = answer.case_id AND later.step > answer.step
                AND (later.actor IN ('OFFICER', 'VALIDATOR') OR what IS NOT NULL)
        ) AS until
    FROM told AS answer
    JOIN life AS before ON before.case_id = answer.case_id AND before.step = answer.step - 1
    WHERE answer.type = 'PublicReply' AND answer.actor = 'CITIZEN' AND before.reason IS NOT NULL
)
GROUP BY case_id, until;

-- An open case is silent while nothing at all happens to it for longer than the pack allows.
CREATE TABLE silences AS
SELECT case_id, silent_since, CASE WHEN type <> 'AsOf' THEN told_at END AS until
FROM (
    SELECT
        case_id, step, life.told_at, open_before,
        lag(life.told_at) OVER (PARTITION BY case_id ORDER BY step) + to_milliseconds(stale_after_ms) AS silent_since
    FROM life
    CROSS JOIN packs
)
JOIN told USING (case_id, step, told_at)
WHERE open_before AND silent_since < told_at;

-- The claim that stands, and the closing; how it ended is what an event said, else what a state says, also later.
CREATE TABLE turns AS
WITH states AS (
    SELECT
        case_id, life.step, cycle, cycle_since, claimed_at, cycle_deadline, holder, type, status, outcome, open_before
    FROM life
    LEFT JOIN told USING (case_id, step)
),
closings AS (
    SELECT
        case_id, cycle, step AS closing_step, since AS closed_at, unit AS last_holder, other AS first_outcome,
        type = 'SnapshotObserved' AS by_state
    FROM log
    JOIN states USING (case_id, step)
    WHERE what = 'CLOSED'
),
claims AS (
    SELECT case_id, cycle, max(log.step) AS claim_step
    FROM log
    JOIN states USING (case_id, step)
    WHERE what = 'CLAIMED'
    GROUP BY ALL
),
learned AS (
    SELECT case_id, cycle, last(outcome ORDER BY step) AS learned
    FROM states
    WHERE type = 'SnapshotObserved' AND status = 'CLOSED' AND NOT open_before AND outcome <> 'UNKNOWN'
    GROUP BY ALL
)
SELECT
    last.case_id,
    last.cycle,
    last.cycle_since AS started_at,
    last.claimed_at,
    closings.closed_at,
    coalesce(last.claimed_at, closings.closed_at) AS stopped_at,
    CASE WHEN last.claimed_at IS NOT NULL THEN claim_step ELSE closing_step END AS stop_step,
    CASE WHEN by_state THEN coalesce(learned, first_outcome) ELSE first_outcome END AS outcome,
    NOT (yes(claim_told.early) AND last.claimed_at IS NOT NULL) AND NOT yes(closing_told.early) AS timed,
    last.cycle_deadline AS stated,
    coalesce(last_holder, last.holder) AS last_holder,
    coalesce(CASE WHEN last.claimed_at IS NOT NULL THEN claim_log.unit END, last_holder) AS stopped_by,
    stays.holder AS first_holder,
    late_log.what IS NOT NULL AS late
FROM (FROM states QUALIFY row_number() OVER (PARTITION BY case_id, cycle ORDER BY step DESC) = 1) AS last
LEFT JOIN closings USING (case_id, cycle)
LEFT JOIN claims USING (case_id, cycle)
LEFT JOIN learned USING (case_id, cycle)
LEFT JOIN told AS claim_told ON claim_told.case_id = last.case_id AND claim_told.step = claim_step
LEFT JOIN told AS closing_told ON closing_told.case_id = last.case_id AND closing_told.step = closing_step
LEFT JOIN log AS claim_log ON claim_log.case_id = last.case_id AND claim_log.step = claim_step AND claim_log.what = 'CLAIMED'
JOIN stays ON stays.case_id = last.case_id AND stays.cycle = last.cycle AND stays.entry IN ('SUBMITTED', 'REOPENED')
LEFT JOIN log AS late_log
    ON late_log.case_id = last.case_id AND late_log.step = stays.step AND late_log.what = 'REOPENED_LATE';

-- The days on which anything was told of a case.
CREATE TABLE active_days AS
SELECT case_id, submitted_on AS day FROM cases
UNION
SELECT case_id, told_at::DATE FROM told WHERE type <> 'AsOf';

-- The first holder that is no intake desk; while there is none, the desk.
CREATE TABLE origins AS
SELECT first.*, CASE WHEN answerable.unit IS NULL THEN 'no' ELSE 'yes' END AS competence
FROM (
    SELECT case_id, arg_min(holder, (holder = desk, number)) AS unit
    FROM stays JOIN cases USING (case_id)
    GROUP BY case_id
) AS first
LEFT JOIN answerable USING (case_id, unit);

-- A rating is of the cycle that was closed last, or of the first.
CREATE TABLE ratings AS
SELECT
    told.case_id,
    CASE WHEN before.progress = 'CLOSED' OR before.cycle = 1 THEN before.cycle ELSE before.cycle - 1 END AS cycle,
    last(stars ORDER BY told.step) AS stars
FROM told
JOIN life AS before ON before.case_id = told.case_id AND before.step = told.step - 1
WHERE type = 'Rated'
GROUP BY ALL;

-- Whatever a claim hands in, each piece once, also if the claim does not stand for long.
CREATE TABLE handed_in AS
SELECT DISTINCT case_id, step, since AS claimed_at, log.unit AS claimant, unnest(evidence) AS digest
FROM log
JOIN told USING (case_id, step)
WHERE what = 'CLAIMED';

-- A merged case goes on in the one that was named last, until it is taken up again.
CREATE TABLE merges AS
SELECT case_id, goes_on_in
FROM (FROM life QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY step DESC) = 1)
JOIN (SELECT case_id, last(named_case ORDER BY step) AS goes_on_in FROM told WHERE merges GROUP BY case_id) USING (case_id)
WHERE merged;
