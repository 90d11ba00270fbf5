-- The fields of the documents, and those of the queries: a place of a histogram is a field of its own name.
CREATE TABLE names AS
SELECT DISTINCT
    CASE span WHEN 'CELL' THEN 'CELL' ELSE 'ROW' END AS document, name, regexp_replace(name, '\[.*', '') AS field
FROM (SELECT span, name FROM written UNION ALL SELECT span, name FROM computed);
