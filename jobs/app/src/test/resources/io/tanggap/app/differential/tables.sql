-- What the test hands over, and what is compared in the end. Instants are TIMESTAMP WITH TIME ZONE to the millisecond; a cast
-- to DATE is the day of the city, for the session's time zone is the city's. Spans of time are whole milliseconds.

CREATE TABLE arrivals (
    event_id VARCHAR,
    case_id VARCHAR,
    channel VARCHAR,
    type VARCHAR,
    occurred_ms BIGINT,
    ingested_ms BIGINT,
    sequence BIGINT,
    actor VARCHAR,
    org_unit VARCHAR,
    visibility VARCHAR,
    inferred BOOLEAN,
    time_note VARCHAR,
    payload JSON
);

-- What sources say of the days of their channels, as often as they say it.
CREATE TABLE declarations (channel VARCHAR, day DATE, events BIGINT, declared_ms BIGINT);

-- In the order of their publication.
CREATE TABLE published (position INTEGER, content JSON);

-- One line for each figure of each document: of the cells of a day (span CELL), and of the rows of a window (span DAY, WEEK,
-- and so on; the category is the group, ALL where nothing is cut). The counterpart is NOBODY but where pairs are counted. A number is whole or real as the document writes it.
CREATE TABLE written (
    role VARCHAR,
    rule VARCHAR,
    unit VARCHAR,
    counterpart VARCHAR DEFAULT 'NOBODY',
    channel VARCHAR,
    category VARCHAR,
    span VARCHAR,
    day DATE,
    name VARCHAR,
    whole BIGINT,
    real DOUBLE,
    text VARCHAR
);

-- The same, as the queries find it.
CREATE TABLE computed AS FROM written;
ALTER TABLE computed ALTER counterpart SET DEFAULT 'NOBODY';

-- What one case adds to one figure of one day's cells: the queries of the folder figures.
CREATE TABLE facts (
    case_id VARCHAR,
    role VARCHAR,
    rule VARCHAR,
    unit VARCHAR,
    counterpart VARCHAR DEFAULT 'NOBODY',
    day DATE,
    name VARCHAR,
    value BIGINT
);

-- The names that the queries say they find, as patterns, by the kind of document, CELL or ROW; and those that nobody looks for.
CREATE TABLE covered (document VARCHAR, pattern VARCHAR);
CREATE TABLE excused (document VARCHAR, pattern VARCHAR, reason VARCHAR);

-- Age bins are closed on the right: whole hours to 3 days, whole days to 180, whole weeks from 26 to 104, and the rest.
-- Age 0 is in the first.
CREATE MACRO age_ms(since, until) AS epoch_ms(until) - epoch_ms(since);
CREATE MACRO rounded_up(amount, unit) AS (amount + unit - 1) // unit;
CREATE MACRO hours(n) AS n * 3_600_000::BIGINT;
CREATE MACRO age_bin(ms) AS CASE
    WHEN ms <= hours(72) THEN greatest(rounded_up(ms, hours(1)), 1) - 1
    WHEN ms <= hours(180 * 24) THEN 72 + rounded_up(ms, hours(24)) - 4
    WHEN ms <= hours(104 * 168) THEN 72 + 177 + rounded_up(ms, hours(168)) - 26
    ELSE 328
END;

-- The upper edge of a bin; the last has none.
CREATE MACRO bin_hours(bin) AS CASE
    WHEN bin < 72 THEN bin + 1
    WHEN bin < 249 THEN (bin - 68) * 24
    WHEN bin < 328 THEN (bin - 223) * 168
END;

-- The stored numbers of outcomes, and which are resolutions.
CREATE TABLE outcomes AS
SELECT row_number() OVER () - 1 AS code, outcome, outcome IN ('FIXED', 'ANSWERED') AS resolved
FROM unnest([
    'FIXED', 'ANSWERED', 'JUSTIFIED_NO_ACTION', 'OUT_OF_CITY_JURISDICTION', 'DUPLICATE', 'INVALID', 'WITHDRAWN',
    'NO_REPLY_TIMEOUT', 'UNABLE', 'UNKNOWN']) AS listed (outcome);
