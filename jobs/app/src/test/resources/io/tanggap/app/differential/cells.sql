-- The cells: everything that cases add to one unit in one role under one rule, one channel, one category, one day.

INSERT INTO computed BY NAME
SELECT role, rule, unit, counterpart, channel, category, 'CELL' AS span, day, name, sum(value)::BIGINT AS whole
FROM facts
JOIN cases USING (case_id)
GROUP BY ALL
HAVING whole <> 0;

-- There is a document where there is anything, and nowhere else.
INSERT INTO computed BY NAME
SELECT DISTINCT role, rule, unit, counterpart, channel, category, 'CELL' AS span, day, 'document' AS name, 1 AS whole
FROM computed;
