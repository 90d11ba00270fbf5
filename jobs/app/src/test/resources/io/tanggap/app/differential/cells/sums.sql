-- Figures: document
-- The cells: everything that cases add to one unit in one role under one rule, one channel, one category, one day. There is a
-- document where there is anything, and nowhere else.
WITH sums AS (
    SELECT role, rule, unit, counterpart, channel, category, day, name, sum(value)::BIGINT AS whole
    FROM facts
    JOIN cases USING (case_id)
    GROUP BY ALL
    HAVING whole <> 0
)
SELECT role, rule, unit, counterpart, channel, category, 'CELL' AS span, day, name, whole FROM sums
UNION ALL
SELECT DISTINCT role, rule, unit, counterpart, channel, category, 'CELL', day, 'document', 1 FROM sums
