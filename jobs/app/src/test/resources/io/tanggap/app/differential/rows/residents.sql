-- Figures: residents, ratios.received_per_1000_residents
-- How many people live in a territory, by its line on the last day of the window, and what was received for every thousand of
-- them. A unit whose line has no number gets none here: in no pack of these tests do all units below one have a number, and it none.
WITH rows_of_places AS (
    SELECT *, least(until - 1, getvariable('today')::DATE) AS last_day
    FROM row_windows
    WHERE role = 'TERRITORY' AND channel = 'ALL' AND category = 'ALL'
),
peopled AS (
    SELECT rows_of_places.*, population
    FROM rows_of_places
    JOIN known ON (last_day + 1)::TIMESTAMPTZ > since AND (last_day + 1)::TIMESTAMPTZ <= known.until
    JOIN unit_lines ON unit_lines.pack = known.pack AND unit_lines.unit = rows_of_places.unit
    QUALIFY row_number() OVER (
        PARTITION BY rule, rows_of_places.unit, span, start
        ORDER BY
            coalesce(valid_from <= last_day, true) AND coalesce(last_day < valid_to, true) DESC,
            coalesce(valid_to <= last_day, false) DESC,
            CASE WHEN valid_to <= last_day THEN valid_to END DESC,
            valid_from
    ) = 1
),
received AS (
    SELECT role, rule, unit, channel, category, span, start, sum(value) AS cases
    FROM amounts
    WHERE amount = 'received'
    GROUP BY ALL
)
SELECT role, rule, unit, channel, category, span, start AS day, 'residents' AS name, population AS whole, NULL::DOUBLE AS real
FROM peopled
WHERE population IS NOT NULL
UNION ALL
SELECT
    role, rule, unit, channel, category, span, start, 'ratios.received_per_1000_residents', NULL,
    coalesce(cases, 0) * 1000::DOUBLE / population
FROM peopled
LEFT JOIN received USING (role, rule, unit, channel, category, span, start)
WHERE population IS NOT NULL
