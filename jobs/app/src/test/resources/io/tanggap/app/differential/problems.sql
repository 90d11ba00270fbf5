-- Problems: a case that goes on in no other, the root, with all that go on in it.

CREATE TABLE roots AS
WITH RECURSIVE way AS (
    SELECT case_id, case_id AS reached, 0 AS steps FROM cases
    UNION ALL
    SELECT way.case_id, goes_on_in, steps + 1
    FROM way
    JOIN merges ON merges.case_id = way.reached
    WHERE steps < 20
)
SELECT case_id, reached AS root
FROM way
WHERE reached NOT IN (SELECT case_id FROM merges);

SELECT error('the story has no rule for cases that go on in each other: ' || case_id) FROM cases ANTI JOIN roots USING (case_id);

-- Cases that an import holds only because they were still open, later than their submission; one that was not is observed as any
-- other.
CREATE TABLE observed_late AS
SELECT DISTINCT case_id, observed_from
FROM cases
JOIN cycles USING (case_id)
WHERE observed_from > submitted_at AND started_at <= observed_from AND (closed_at IS NULL OR closed_at >= observed_from);

-- What describes a problem is its root; of one that is not known the earliest report. What was closed as a duplicate of something
-- that nobody named is no problem of its own, and yet ends.
CREATE TABLE problems AS
WITH reported AS (
    SELECT
        root,
        arg_min(case_id, (case_id <> root, submitted_at, case_id)) AS case_id,
        arg_min(case_id, (submitted_at, case_id)) AS earliest,
        min(submitted_at) AS first_at,
        count(*) AS reports
    FROM roots JOIN cases USING (case_id)
    GROUP BY root
)
SELECT
    root, reported.case_id, first_at, observed_from, reports, last.closed_at AS ended_at, coalesce(last.outcome = 'DUPLICATE', false) AS duplicate
FROM reported
LEFT JOIN (FROM cycles QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY cycle DESC) = 1) AS last
    ON last.case_id = root
LEFT JOIN observed_late ON observed_late.case_id = earliest;

-- How the cycles of every report ended; that something is a duplicate ends a case only at last, and if no other is named. It did
-- not last what was taken up again, or its problem reported anew, in the 14 days of 24 hours after: after the stop, and after the
-- closing that confirmed it.
CREATE TABLE all_stops AS
WITH ended AS (
    SELECT *, lead(started_at) OVER (PARTITION BY case_id ORDER BY cycle) AS reopened_at
    FROM cycles
),
endings AS (
    SELECT
        root, ended.case_id, first_at, cycle, stopped_at, closed_at, outcome, code, resolved, timed, stopped_by, reopened_at,
        row_number() OVER (PARTITION BY ended.case_id ORDER BY cycle) AS number
    FROM problems
    JOIN roots USING (root)
    JOIN ended ON ended.case_id = roots.case_id
    JOIN outcomes USING (outcome)
    WHERE closed_at IS NOT NULL AND (outcome <> 'DUPLICATE' OR (reopened_at IS NULL AND ended.case_id = root))
),
again AS (
    SELECT
        endings.case_id, number,
        bool_or(submitted_at > stopped_at AND submitted_at <= stopped_at + INTERVAL 336 HOURS) AS after_stop,
        bool_or(submitted_at > closed_at AND submitted_at <= closed_at + INTERVAL 336 HOURS) AS after_closing
    FROM endings
    JOIN roots USING (root)
    JOIN cases ON cases.case_id = roots.case_id
    GROUP BY ALL
)
SELECT
    endings.*,
    coalesce(after_stop, false) OR coalesce(reopened_at <= stopped_at + INTERVAL 336 HOURS, false) AS returned,
    coalesce(after_closing, false) OR coalesce(reopened_at <= closed_at + INTERVAL 336 HOURS, false) AS undone
FROM endings
LEFT JOIN again USING (case_id, number);

CREATE VIEW stops AS FROM all_stops WHERE case_id = root;

-- The cohort of the curves, for the place and for whoever is charged with the first resolution: the first stop, and the first
-- closing that lasted, if that can be known at the last midnight. An end that is dated before the submission has no age, and its
-- problem is in no curve. What is observed late is at risk in the bins after that of its age then: nobody knows who else ended in
-- that one, so that whatever ends in it, or is no older, is not followed.
CREATE TABLE cohort AS
WITH lasting AS (
    SELECT
        root, closed_at, code, resolved,
        closed_at + INTERVAL 336 HOURS <= getvariable('midnight')::TIMESTAMPTZ AS known
    FROM stops
    WHERE NOT known OR NOT undone
    QUALIFY row_number() OVER (PARTITION BY root ORDER BY number) = 1
)
SELECT
    problems.case_id, problems.root, role, rule, unit, problems.first_at, problems.first_at::DATE AS day,
    first.code, coalesce(first.resolved, false) AS resolved, first.stopped_at, first.closed_at,
    coalesce(first.closed_at < getvariable('midnight')::TIMESTAMPTZ, false) AS ended,
    coalesce(lasting.known, false) AS lasted,
    lasting.code AS lasting_code, coalesce(lasting.resolved, false) AS lasting_resolved, lasting.closed_at AS lasting_closed_at,
    coalesce(first.timed, true) AS timed, reports, duplicate,
    CASE WHEN observed_from IS NOT NULL THEN age_bin(age_ms(problems.first_at, observed_from)) END AS entry_bin,
    coalesce(entry_bin < age_bin(age_ms(problems.first_at, CASE
        WHEN first.closed_at < getvariable('midnight')::TIMESTAMPTZ THEN first.stopped_at
        ELSE getvariable('midnight')::TIMESTAMPTZ
    END)), true) AS followed,
    coalesce(entry_bin < age_bin(age_ms(problems.first_at, CASE
        WHEN lasting.known THEN lasting.closed_at
        ELSE getvariable('midnight')::TIMESTAMPTZ - INTERVAL 336 HOURS
    END)), true) AS followed_long
FROM problems
JOIN answers ON answers.case_id = problems.case_id AND answers.cycle = 1 AND answers.rule <> 'ORIGIN'
LEFT JOIN stops AS first ON first.root = problems.root AND first.number = 1
LEFT JOIN lasting ON lasting.root = problems.root;
