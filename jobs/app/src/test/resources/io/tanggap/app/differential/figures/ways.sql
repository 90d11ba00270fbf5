-- Figures: counts.hops, counts.hopped, counts.came_back, counts.came_around, counts.resolved_*, counts.rated_*
-- The way that a closed cycle took from hand to hand, on the day of the closing: its hand-overs; whether it came back to a house
-- that had handed it on in the same cycle, right away or by way of more than one; whether whatever was fixed or answered was the
-- task of its first holder, and the case had gone no way until then. And the stars that the reporter gave between this closing and
-- the next, by the last rating.
WITH closed AS (
    SELECT cycles.*, cycles.closed_at::DATE AS day, territory
    FROM cycles JOIN cases USING (case_id)
),
hops AS (
    SELECT handovers.*, day, territory, row_number() OVER (PARTITION BY case_id, cycle ORDER BY step, slot) AS hop
    FROM handovers
    JOIN closed USING (case_id, cycle)
    WHERE closed_at IS NOT NULL
),
returned AS (
    SELECT back.case_id, back.cycle, back.day, back.territory, back.receiver, back.giver, max(left_before.hop) = back.hop - 1 AS direct
    FROM hops AS back
    JOIN hops AS left_before
        ON left_before.case_id = back.case_id AND left_before.cycle = back.cycle AND left_before.hop < back.hop
    LEFT JOIN houses ON houses.unit = left_before.giver AND houses.other = back.receiver
    WHERE left_before.giver = back.receiver OR houses.unit IS NOT NULL
    GROUP BY back.case_id, back.cycle, back.day, back.territory, back.receiver, back.giver, back.hop
),
parties AS (
    SELECT case_id, cycle, day, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, 'hopped' AS name FROM hops
    UNION
    SELECT case_id, cycle, day, 'HOLDER', 'CRM', unnest([giver, receiver]), 'hopped' FROM hops
    UNION
    SELECT case_id, cycle, day, 'TERRITORY', 'CROP', territory, CASE WHEN direct THEN 'came_back' ELSE 'came_around' END FROM returned
    UNION
    SELECT
        case_id, cycle, day, 'HOLDER', 'CRM', unnest([giver, receiver]), CASE WHEN direct THEN 'came_back' ELSE 'came_around' END
    FROM returned
),
hop_counts AS (SELECT case_id, cycle, count(*) AS hops FROM hops GROUP BY ALL),
resolutions AS (
    SELECT
        case_id, day, territory, origins.unit, competence,
        hops IS NULL AND NOT EXISTS (
            FROM handovers WHERE handovers.case_id = closed.case_id AND handed_at < closed.closed_at) AS first_line
    FROM closed
    JOIN outcomes USING (outcome)
    JOIN origins USING (case_id)
    LEFT JOIN hop_counts USING (case_id, cycle)
    WHERE resolved AND closed_at IS NOT NULL
),
resolved AS (
    SELECT case_id, day, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, competence, first_line FROM resolutions
    UNION ALL
    SELECT case_id, day, 'HOLDER', 'ORIGIN', unit, competence, first_line FROM resolutions
)
SELECT case_id, role, rule, unit, day, 'counts.' || name AS name, 1 AS value FROM parties
UNION ALL
SELECT case_id, 'TERRITORY', 'CROP', territory, day, 'counts.hops', hops FROM closed JOIN hop_counts USING (case_id, cycle)
UNION ALL
SELECT case_id, 'HOLDER', 'CRM', last_holder, day, 'counts.hops', hops FROM closed JOIN hop_counts USING (case_id, cycle)
UNION ALL
SELECT case_id, role, rule, unit, day, 'counts.resolved_' || competence, 1 FROM resolved
UNION ALL
SELECT case_id, role, rule, unit, day, 'counts.resolved_first_line_' || competence, 1 FROM resolved WHERE first_line
UNION ALL
SELECT case_id, 'TERRITORY', 'CROP', territory, day, 'counts.rated_' || stars, 1
FROM closed JOIN ratings USING (case_id, cycle)
WHERE closed_at IS NOT NULL
UNION ALL
SELECT case_id, 'HOLDER', 'CRM', last_holder, day, 'counts.rated_' || stars, 1
FROM closed JOIN ratings USING (case_id, cycle)
WHERE closed_at IS NOT NULL
