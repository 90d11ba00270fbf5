-- Fields that no query says it finds, and nobody has given a reason why not; and reasons for fields that are found.
SELECT DISTINCT names.document || ' ' || field || ' is found by no query, and excused.csv gives no reason' AS complaint
FROM names
WHERE NOT EXISTS (FROM covered WHERE covered.document = names.document AND field GLOB pattern)
    AND NOT EXISTS (FROM excused WHERE excused.document = names.document AND field GLOB pattern)
UNION ALL
SELECT DISTINCT names.document || ' ' || field || ' is found by a query, and excused.csv says why not'
FROM names
JOIN covered ON covered.document = names.document AND field GLOB covered.pattern
JOIN excused ON excused.document = names.document AND field GLOB excused.pattern
ORDER BY ALL
