-- What the job wrote and what the queries found, where they are not the same: whole numbers and words exactly, others to 1e-9.
-- Nothing and the whole number 0 are the same, for a document may leave out what is not there; that there is a document is a
-- figure of its own.
WITH job AS (
    FROM written
    WHERE whole IS DISTINCT FROM 0 AND name IN (
        SELECT name
        FROM names
        JOIN covered ON covered.document = names.document AND field GLOB pattern
        WHERE names.document = CASE span WHEN 'CELL' THEN 'CELL' ELSE 'ROW' END
    )
),
sql AS (FROM computed WHERE whole IS DISTINCT FROM 0)
SELECT
    span, role, rule, unit, counterpart, channel, category, day, name,
    coalesce(job.whole::VARCHAR, job.real::VARCHAR, job.text, 'nothing') AS written,
    coalesce(sql.whole::VARCHAR, sql.real::VARCHAR, sql.text, 'nothing') AS computed,
    count(*) OVER () AS differences
FROM job
FULL JOIN sql USING (span, role, rule, unit, counterpart, channel, category, day, name)
WHERE job.whole IS DISTINCT FROM sql.whole
    OR job.text IS DISTINCT FROM sql.text
    OR NOT coalesce(abs(job.real - sql.real) <= 1e-9, job.real IS NULL AND sql.real IS NULL)
ORDER BY span, name, day, role, unit, channel, category
