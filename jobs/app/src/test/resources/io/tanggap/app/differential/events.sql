-- The events that are seen: those before the as-of, each once, in the order of a history. Of copies that differ in how they
-- came the earliest counts.

CREATE TABLE events AS
SELECT
    case_id,
    row_number() OVER (PARTITION BY case_id ORDER BY occurred_ms, sequence NULLS FIRST, event_id) AS step,
    event_id,
    channel,
    type,
    make_timestamptz(occurred_ms * 1000) AS happened_at,
    actor,
    org_unit,
    visibility,
    inferred,
    ingested_ms,
    time_note,
    payload
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY case_id, event_id
            ORDER BY ingested_ms, inferred, list_position(['EXACT', 'REPEATED_HOUR', 'GAP', 'OBSERVED'], time_note)
        ) AS copy
    FROM arrivals
)
WHERE copy = 1 AND occurred_ms < epoch_ms(getvariable('as_of')::TIMESTAMPTZ);
