-- What came by which channel, day by day, and what its source says it has.

-- The one that counts was said last, and of what was said at one time the larger number. What is said of days that have begun
-- nowhere on earth, which they do 14 hours before Greenwich, nobody knows yet.
CREATE TABLE declared AS
SELECT channel, day, arg_max(events, (declared_ms, events)) AS events
FROM declarations
WHERE epoch_ms(day::TIMESTAMP) - hours(14) < epoch_ms(getvariable('as_of')::TIMESTAMPTZ)
GROUP BY ALL;

-- Distinct events, without those that an adapter inferred; how late those came whose time is told exactly, in seconds rounded up,
-- by the power of two that they do not exceed, up to the 25th; and days of which it is said how many events there are, or not.
CREATE TABLE channel_days AS
WITH received AS (
    SELECT
        channel, happened_at::DATE AS day, time_note = 'EXACT' AS timed,
        greatest(rounded_up(ingested_ms - epoch_ms(happened_at), 1000), 1) AS late_seconds
    FROM events
    WHERE NOT inferred
),
counts AS (SELECT channel, day, count(*) AS received FROM received GROUP BY ALL)
SELECT channel, day, 'counts.events_received' AS name, received AS value FROM counts
UNION ALL
SELECT channel, day, 'histograms.lateness[' || least(ceil(log2(late_seconds)), 26)::INTEGER || ']', count(*)
FROM received
WHERE timed
GROUP BY ALL
UNION ALL
SELECT channel, day, 'counts.events_declared', events FROM declared
UNION ALL
SELECT channel, day, 'counts.events_of_declared_days', received FROM declared JOIN counts USING (channel, day)
UNION ALL
SELECT channel, day, 'counts.days_declared', 1 FROM declared
UNION ALL
SELECT channel, day, 'counts.days_undeclared', 1 FROM counts ANTI JOIN declared USING (channel, day);
