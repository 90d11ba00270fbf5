-- Figures: counts.time_running_open, counts.time_seconds_open, counts.time_running_paused, counts.time_seconds_paused,
-- Figures: counts.time_running_waited, counts.time_seconds_waited, counts.time_running_problem, counts.time_seconds_problem,
-- Figures: counts.time_running_idle, counts.time_seconds_idle, counts.time_running_overrun, counts.time_seconds_overrun
-- Stretches of calendar time, whole seconds, those that go on as a number and as when they began: for the place while the case is
-- open and for each holder while it has the case; for the place alone how long the problem was open.
WITH problem_ends AS (
    SELECT
        root, case_id, number,
        coalesce(lag(reopened_at) OVER (PARTITION BY root ORDER BY number), CASE WHEN number = 1 THEN first_at END) AS since,
        closed_at AS until
    FROM stops
    UNION ALL
    SELECT
        problems.root, problems.case_id, NULL, CASE WHEN last.number IS NULL THEN problems.first_at ELSE last.reopened_at END,
        ended_at
    FROM problems
    LEFT JOIN (FROM stops QUALIFY number = max(number) OVER (PARTITION BY root)) AS last ON last.root = problems.root
),
spans AS (
    SELECT case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, 'open' AS kind, started_at AS since, closed_at AS until
    FROM cases JOIN cycles USING (case_id)
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', holder, 'open', since, until FROM stays
    UNION ALL
    SELECT case_id, 'TERRITORY', 'CROP', territory, kind, since, until FROM stretches JOIN cases USING (case_id)
    UNION ALL
    SELECT case_id, 'HOLDER', 'CRM', holder, kind, since, until FROM stretches
    UNION ALL
    SELECT case_id, 'TERRITORY', 'CROP', territory, 'problem', since, until
    FROM problem_ends JOIN cases USING (case_id)
    WHERE since IS NOT NULL
)
SELECT case_id, role, rule, unit, since::DATE AS day, 'counts.time_running_' || kind AS name, 1 AS value FROM spans
UNION ALL
SELECT case_id, role, rule, unit, since::DATE, 'counts.time_seconds_' || kind, -(epoch_ms(since) // 1000) FROM spans
UNION ALL
SELECT case_id, role, rule, unit, until::DATE, 'counts.time_running_' || kind, -1 FROM spans WHERE until IS NOT NULL
UNION ALL
SELECT case_id, role, rule, unit, until::DATE, 'counts.time_seconds_' || kind, epoch_ms(until) // 1000 FROM spans
WHERE until IS NOT NULL
