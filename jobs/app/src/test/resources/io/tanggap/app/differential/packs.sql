-- The packs as tables, line by line in their order; a null validity is open.

CREATE TABLE packs AS
SELECT
    position AS pack,
    make_timestamptz((content->>'knownFrom')::BIGINT * 1000) AS known_from,
    content->>'city' AS city,
    (content->>'staleAfter')::BIGINT AS stale_after_ms,
    (content->'rules'->>'reopenWithin')::BIGINT AS reopen_within_ms,
    (content->'rules'->>'offerLapsesAfter')::BIGINT AS offer_lapses_after_ms
FROM published;

-- The pack known at an instant; before the first, the first. Of those known from the same instant the last published holds.
CREATE TABLE known AS
SELECT
    pack,
    CASE WHEN row_number() OVER since = 1 THEN '-infinity'::TIMESTAMPTZ ELSE known_from END AS since,
    coalesce(lead(known_from) OVER since, 'infinity'::TIMESTAMPTZ) AS until
FROM (SELECT max(pack) AS pack, known_from FROM packs GROUP BY known_from)
WINDOW since AS (ORDER BY known_from);

CREATE MACRO lines(part) AS TABLE
SELECT position AS pack, key::INTEGER AS line, value AS content
FROM published, json_each(published.content, '$.' || part) AS listed;

CREATE TABLE unit_lines AS
SELECT
    pack,
    content->>'id' AS unit,
    content->>'kind' AS kind,
    content->>'level' AS level,
    content->>'parent' AS parent,
    (content->>'population')::BIGINT AS population,
    (content->'validity'->>'from')::DATE AS valid_from,
    (content->'validity'->>'to')::DATE AS valid_to
FROM lines('units');

CREATE TABLE category_groups AS
SELECT position AS pack, key AS category, value->>'$' AS category_group
FROM published, json_each(published.content, '$.categoryGroups');
