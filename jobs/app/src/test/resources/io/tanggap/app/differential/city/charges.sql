-- Who answers for a case under the CRM rule, and with that the cycles as figures ask for them.
--
-- A competent receiver answers from the offer on. Another one does only once it has said that it takes the case; to have it is
-- not enough. A competent receiver that refuses, or lets the offer lapse, goes on to answer until the giver works the case or
-- offers it on. An offer that is taken back never was. The first holder answers for what the desk gave it, until then the desk;
-- what is passed on within an agency stays with it. What is told later of place and category tells whose task it was all along.

-- What may move a charge, with whether the unit that it is about has the task. Without lines of competence everybody answers.
CREATE TABLE notes AS
SELECT
    log.case_id,
    row_number() OVER (PARTITION BY log.case_id ORDER BY step, slot) AS note,
    step, what, log.unit, log.other, log.since,
    NOT EXISTS (FROM competences) OR answerable.unit IS NOT NULL AS answers
FROM log
LEFT JOIN answerable ON answerable.case_id = log.case_id AND answerable.unit = log.unit
WHERE what NOT IN ('ACTED', 'CLAIMED', 'CLAIM_WITHDRAWN');

CREATE MACRO charged(charges, next) AS
    CASE WHEN charges[-1].unit = next.unit THEN charges ELSE list_append(charges, next) END;

-- The charges so far; how many of them there were before the standing offer moved one; and the giver that was refused, who alone
-- can take the charge back by its work.
CREATE TABLE settled AS
WITH RECURSIVE settling AS (
    SELECT
        case_id, note,
        [{'unit': unit, 'since': since, 'step': step, 'delegated': false}] AS charges,
        NULL::BIGINT AS before_offer,
        NULL::VARCHAR AS offered_to,
        NULL::VARCHAR AS giver,
        false AS offered_while_closed,
        NULL::VARCHAR AS refused_giver,
        NULL::VARCHAR AS refused_before,
        true AS holder_answers
    FROM notes
    WHERE note = 1
    UNION ALL
    (
    WITH next AS NOT MATERIALIZED (
        SELECT
            settling.* EXCLUDE (note),
            notes.note, what, notes.unit, notes.other, notes.since, answers,
            {'unit': notes.unit, 'since': notes.since, 'step': step, 'delegated': what = 'DELEGATED'} AS charge,
            what IN ('OFFERED', 'ASSIGNED', 'ACCEPTED') OR (what = 'TAKEN' AND answers) AS says_so,
            what IN ('ASSIGNED', 'ACCEPTED', 'TAKEN') AS takes,
            -- An offer that is taken back, or passed by, never moved a charge.
            before_offer IS NOT NULL AND (
                what = 'RECALLED'
                OR (what IN ('ASSIGNED', 'ACCEPTED', 'TAKEN') AND notes.unit <> offered_to AND houses.unit IS NULL)
                OR (what = 'DELEGATED' AND notes.unit <> offered_to)) AS withdraws,
            what IN ('DECLINED', 'LAPSED') AND before_offer IS NOT NULL AS refuses,
            what = 'OFFERED'
                OR (what IN ('REOPENED', 'REOPENED_LATE') AND offered_while_closed AND offered_to IS NOT NULL) AS offers
        FROM settling
        JOIN notes ON notes.case_id = settling.case_id AND notes.note = settling.note + 1
        LEFT JOIN houses ON houses.unit = notes.unit AND houses.other = settling.offered_to
    ),
    withdrawn AS NOT MATERIALIZED (
        SELECT
            next.* EXCLUDE (charges, refused_giver),
            CASE WHEN withdraws THEN charges[:before_offer] ELSE charges END AS charges,
            CASE WHEN withdraws THEN refused_before ELSE refused_giver END AS refused_giver
        FROM next
    ),
    held AS NOT MATERIALIZED (
        SELECT
            *,
            CASE
                WHEN takes AND (what <> 'TAKEN' OR answers) THEN charged(charges, charge)
                WHEN what = 'GIVER_WORKED' AND yes(refused_giver = unit) THEN charged(charges, charge)
                WHEN what = 'DELEGATED' AND charges[-1].unit = other THEN charged(charges, charge)
                WHEN what IN ('REOPENED', 'REOPENED_LATE') AND holder_answers THEN charged(charges, charge)
                ELSE charges
            END AS charges_held,
            CASE
                WHEN takes AND (what <> 'TAKEN' OR answers) THEN NULL
                WHEN what = 'GIVER_WORKED' AND refused_giver = unit THEN NULL
                WHEN what IN ('CLOSED', 'REOPENED', 'REOPENED_LATE') THEN NULL
                WHEN what = 'DELEGATED' AND refused_giver = other THEN unit
                ELSE refused_giver
            END AS refused_held
        FROM withdrawn
    ),
    offered AS NOT MATERIALIZED (
        SELECT
            held.*,
            offers AND (NOT EXISTS (FROM competences) OR answerable.unit IS NOT NULL) AS moves_charge,
            {'unit': CASE WHEN what = 'OFFERED' THEN held.unit ELSE offered_to END, 'since': held.since, 'step': charge.step,
                'delegated': false} AS offer_charge
        FROM held
        LEFT JOIN answerable
            ON answerable.case_id = held.case_id
            AND answerable.unit = CASE WHEN what = 'OFFERED' THEN held.unit ELSE offered_to END
    )
    SELECT
        case_id,
        note,
        CASE WHEN moves_charge THEN charged(charges_held, offer_charge) ELSE charges_held END,
        CASE
            WHEN moves_charge THEN len(charges_held)
            WHEN what IN ('GIVER_WORKED', 'OFFERED_WHILE_CLOSED') OR (what IN ('REOPENED', 'REOPENED_LATE') AND NOT offers)
                THEN before_offer
        END,
        CASE
            WHEN what IN ('OFFERED', 'OFFERED_WHILE_CLOSED') THEN unit
            WHEN what IN ('GIVER_WORKED', 'REOPENED', 'REOPENED_LATE') THEN offered_to
        END,
        CASE WHEN what IN ('OFFERED', 'OFFERED_WHILE_CLOSED') THEN other ELSE giver END,
        what = 'OFFERED_WHILE_CLOSED' OR (what = 'GIVER_WORKED' AND offered_while_closed),
        CASE
            WHEN moves_charge THEN NULL
            WHEN refuses THEN CASE WHEN before_offer < len(charges) THEN giver ELSE refused_before END
            ELSE refused_held
        END,
        CASE WHEN moves_charge THEN refused_held WHEN what = 'GIVER_WORKED' THEN refused_before END,
        CASE WHEN takes THEN what <> 'TAKEN' OR answers ELSE holder_answers END
    FROM offered
    )
)
FROM settling
QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY note DESC) = 1;

-- Within a house, and by delegation, nobody gave the case away.
CREATE TABLE charges AS
SELECT
    listed.*,
    lag(listed.unit) OVER (PARTITION BY case_id ORDER BY place) AS giver,
    listed.delegated OR houses.unit IS NOT NULL AS goes_on
FROM (SELECT case_id, unnest(range(1, len(charges) + 1)) AS place, unnest(charges, recursive := true) FROM settled) AS listed
LEFT JOIN (SELECT case_id, unnest(range(2, len(charges) + 2)) AS place, unnest(charges).unit AS before FROM settled) AS earlier
    USING (case_id, place)
LEFT JOIN houses ON houses.unit = before AND houses.other = listed.unit;

-- Whoever answered at the instant of the verdict, by what had been told when the clock stopped: what follows at the same instant
-- moves no credit.
CREATE TABLE parties AS
SELECT
    judged.case_id, judged.cycle,
    max(place) FILTER (since <= judged_at) AS place,
    max(place) FILTER (since <= started_at) AS start_place
FROM judged
JOIN charges ON charges.case_id = judged.case_id AND (stop_step IS NULL OR step <= stop_step)
WHERE target = 'RESOLUTION'
GROUP BY ALL;

-- From when the party, or its house before it, has answered, and who gave it the case; none if it has since the cycle began, or
-- had before in the cycle.
CREATE TABLE receipts AS
WITH beginnings AS (
    SELECT parties.case_id, parties.cycle, parties.place, start_place, party.unit AS party, max(first.place) AS first_place
    FROM parties
    JOIN charges AS party ON party.case_id = parties.case_id AND party.place = parties.place
    JOIN charges AS first ON first.case_id = parties.case_id AND first.place <= parties.place
        AND (first.place = start_place OR NOT first.goes_on)
    GROUP BY ALL
)
SELECT
    case_id, cycle, party,
    CASE WHEN is_receipt THEN first.since END AS received_at,
    CASE WHEN is_receipt THEN first.giver END AS giver
FROM (
    SELECT
        beginnings.*,
        first_place > start_place AND NOT EXISTS (
            FROM charges
            WHERE charges.case_id = beginnings.case_id AND charges.place >= start_place AND charges.place < first_place
                AND charges.unit IN (party, (
                    SELECT unit FROM charges AS own WHERE own.case_id = beginnings.case_id AND own.place = first_place))
        ) AS is_receipt
    FROM beginnings
)
JOIN charges AS first USING (case_id)
WHERE first.place = first_place;

-- Inherited is a case that was received with at most a quarter of the time left, unless the giver handed it on after its own
-- deadline for deciding: then the miss is the giver's. What was missed stands still no more.
CREATE TABLE used AS
SELECT
    judged.case_id, judged.cycle,
    coalesce(CASE
        WHEN stated IS NOT NULL THEN age_ms(started_at, received_at)
        ELSE (
            SELECT sum(age_ms(counted.since, least(counted.until, received_at)))
            FROM counted
            WHERE counted.hearing = judged.hearing AND counted.since < received_at
        )
    END, 0) AS used_ms
FROM judged
JOIN receipts USING (case_id, cycle)
WHERE target = 'RESOLUTION' AND received_at IS NOT NULL;

CREATE TABLE cycles AS
WITH shared AS (
    SELECT
        judged.case_id, judged.cycle, receipts.party, giver,
        yes(used_ms * 100 >= budget_ms * 75) AS is_late,
        verdict LIKE 'MISSED%' AND EXISTS (
            FROM judged AS deciding
            WHERE deciding.case_id = judged.case_id AND deciding.cycle = judged.cycle
                AND deciding.target IN ('TRIAGE', 'HANDOVER') AND deciding.party = receipts.giver
                AND deciding.deadline < received_at
        ) AS handed_on_late
    FROM judged
    JOIN receipts USING (case_id, cycle)
    LEFT JOIN used USING (case_id, cycle)
    WHERE target = 'RESOLUTION'
),
contests AS (
    SELECT
        case_id, (payload->>'cycle')::INTEGER AS cycle, true AS contested,
        last(NOT (payload->>'upheld')::BOOLEAN ORDER BY step) FILTER (type = 'VerdictDecided') AS overturned
    FROM events
    WHERE type IN ('VerdictContested', 'VerdictDecided') AND (payload->>'target') = 'RESOLUTION'
    GROUP BY ALL
)
SELECT
    turns.*,
    deadline,
    verdict,
    CASE WHEN is_late AND handed_on_late THEN giver ELSE shared.party END AS charged,
    is_late AND NOT handed_on_late AS inherited,
    yes(contested) AS contested,
    yes(overturned) AS overturned
FROM turns
JOIN judged USING (case_id, cycle)
JOIN shared USING (case_id, cycle)
LEFT JOIN contests USING (case_id, cycle)
WHERE target = 'RESOLUTION';

-- Under rule SHARE a verdict is divided by what the clock counted, up to the miss or the stop, while each holder of the cycle had
-- the case: whole parts per million, what does not divide to those with the largest remainders, the earlier first; where nothing
-- was counted all of it to whoever answers.
CREATE TABLE shared AS
WITH divided AS (
    SELECT
        case_id, cycle, charged, hearing, started_at, stated,
        CASE WHEN cycles.verdict LIKE 'MISSED%' THEN cycles.deadline ELSE judged_at END AS bound
    FROM cycles
    JOIN (SELECT case_id, cycle, hearing, judged_at FROM judged WHERE target = 'RESOLUTION') USING (case_id, cycle)
    WHERE cycles.verdict IN ('MET', 'MISSED_LATE', 'MISSED_OPEN')
),
pieces AS (
    SELECT divided.*, counted.since, counted.until FROM divided JOIN counted USING (hearing) WHERE stated IS NULL
    UNION ALL
    SELECT divided.*, started_at, bound FROM divided WHERE stated IS NOT NULL
),
consumed AS (
    SELECT
        case_id, cycle, charged, holder, min(number) AS place,
        sum(greatest(age_ms(
            greatest(pieces.since, stays.since), least(pieces.until, coalesce(stays.until, bound), bound)), 0)) AS ms
    FROM pieces
    JOIN stays USING (case_id, cycle)
    WHERE stays.since < bound
    GROUP BY ALL
),
parts AS (
    SELECT
        *, sum(ms) OVER whole AS whole,
        (ms::HUGEINT * 1_000_000) // sum(ms) OVER whole AS part,
        (ms::HUGEINT * 1_000_000) % sum(ms) OVER whole AS remainder
    FROM consumed
    WINDOW whole AS (PARTITION BY case_id, cycle)
),
rounded AS (
    SELECT
        case_id, cycle, holder,
        (part + (row_number() OVER (PARTITION BY case_id, cycle ORDER BY remainder DESC, place)
            <= 1_000_000 - sum(part) OVER (PARTITION BY case_id, cycle))::INTEGER)::BIGINT AS parts
    FROM parts
    WHERE whole > 0
)
SELECT case_id, cycle, holder AS unit, parts FROM rounded WHERE parts > 0
UNION ALL
SELECT case_id, cycle, charged, 1_000_000 FROM divided ANTI JOIN rounded USING (case_id, cycle);

CREATE TABLE targets AS
SELECT
    case_id, target, party AS unit, deadline,
    CASE WHEN verdict LIKE 'MISSED%' THEN 'MISSED' WHEN ended_by_others AND verdict = 'MET' THEN 'CANCELLED' ELSE verdict END AS verdict
FROM judged
WHERE target <> 'RESOLUTION';

-- An offer stands until it is answered, taken back or passed by, or nobody answered it in time, or the case is closed.
CREATE TABLE offers AS
SELECT
    offer.case_id, offer.step, offer.slot, offer.other AS giver, offer.unit AS receiver, offer.since,
    min_by(ending.since, (ending.step, ending.slot)) AS until, min(ending.step) AS until_step,
    min_by(CASE
        WHEN ending.what NOT IN ('ASSIGNED', 'DELEGATED', 'ACCEPTED', 'TAKEN') THEN ending.what
        WHEN ending.unit = offer.unit OR houses.unit IS NOT NULL THEN 'TAKEN'
        ELSE 'RECALLED'
    END, (ending.step, ending.slot)) AS ended
FROM log AS offer
LEFT JOIN log AS ending
    ON ending.case_id = offer.case_id AND (ending.step, ending.slot) > (offer.step, offer.slot)
    AND ending.what IN ('DECLINED', 'LAPSED', 'RECALLED', 'CLOSED', 'ASSIGNED', 'DELEGATED', 'ACCEPTED', 'TAKEN')
LEFT JOIN houses ON houses.unit = ending.unit AND houses.other = offer.unit
WHERE offer.what IN ('OFFERED', 'OFFERED_WHILE_CLOSED')
GROUP BY ALL;

-- What is added up while a holder has the case: its clock stands still; work was said to wait; the
-- reporter has answered, and nobody has seen to it; nobody works on it, for it has not
-- been begun, or is offered to somebody, or waits, which counts once where it overlaps.
CREATE TABLE stretches AS
WITH idle AS (
    SELECT case_id, number, since, coalesce(acted_at, until) AS until FROM stays LEFT JOIN acts USING (case_id, number)
    UNION ALL
    SELECT stays.case_id, number, offers.since, offers.until
    FROM stays JOIN offers ON offers.case_id = stays.case_id AND offers.giver = holder
    UNION ALL
    SELECT case_id, number, waits.since, waits.until FROM stays JOIN waits USING (case_id)
),
spans (case_id, number, kind, since, until) AS (
    -- What was missed stands still no more.
    SELECT case_id, stays.number, 'paused', pauses.since, pauses.until
    FROM stays
    JOIN pauses USING (case_id)
    JOIN cycles ON cycles.case_id = pauses.case_id AND cycles.cycle = pauses.cycle
    WHERE target = 'RESOLUTION' AND cycles.verdict <> 'NOT_APPLICABLE'
        AND (cycles.verdict NOT LIKE 'MISSED%' OR pauses.since < cycles.deadline)
    UNION ALL
    SELECT case_id, number, 'waited', waits.since, waits.until FROM stays JOIN waits USING (case_id)
    UNION ALL
    SELECT case_id, number, 'overrun', overruns.since, overruns.until FROM stays JOIN overruns USING (case_id)
    UNION ALL
    SELECT case_id, number, 'idle', since, until FROM idle
),
during AS (
    SELECT
        case_id, number, kind, holder, greatest(spans.since, stays.since) AS since,
        coalesce(least(spans.until, stays.until), 'infinity'::TIMESTAMPTZ) AS until
    FROM spans JOIN stays USING (case_id, number)
),
islands AS (
    SELECT
        *,
        since <= max(until) OVER (
            PARTITION BY case_id, number, kind ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS goes_on
    FROM during
    WHERE since < until
),
numbered AS (
    SELECT
        *,
        count(*) FILTER (kind <> 'idle' OR NOT coalesce(goes_on, false))
            OVER (PARTITION BY case_id, number, kind ORDER BY since, until ROWS UNBOUNDED PRECEDING) AS island
    FROM islands
)
SELECT case_id, kind, holder, min(since) AS since, CASE WHEN max(until) < 'infinity' THEN max(until) END AS until
FROM numbered
GROUP BY case_id, number, kind, holder, island;

-- How long stays lasted and offers stood, until they ended or until the last midnight, in the time by which the resolution of the
-- cycle is judged, waits included. An offer is the receiver's if the case is its task, and else the giver's.
CREATE TABLE spells AS
WITH begun_offers AS (
    SELECT offers.*, max(turns.cycle) AS cycle
    FROM offers JOIN turns ON turns.case_id = offers.case_id AND (turns.cycle = 1 OR turns.started_at <= offers.since)
    GROUP BY ALL
),
limbo AS (
    SELECT
        begun_offers.case_id, cycle, 'limbo' AS kind, territory AS place,
        CASE WHEN answerable.unit IS NULL THEN giver ELSE receiver END AS unit, since, until,
        CASE ended WHEN 'CLOSED' THEN 3 WHEN 'TAKEN' THEN 4 WHEN 'DECLINED' THEN 5 WHEN 'RECALLED' THEN 6 WHEN 'LAPSED' THEN 7 END
            AS ending,
        until AS counted_until, NULL::BIGINT AS left_step, NULL::INTEGER AS left_slot
    FROM begun_offers
    JOIN cases USING (case_id)
    LEFT JOIN answerable ON answerable.case_id = begun_offers.case_id AND answerable.unit = receiver
),
spells AS (
    SELECT *, row_number() OVER () AS spell
    FROM (
        FROM limbo
        UNION ALL
        SELECT
            stays.case_id, stays.cycle, 'stay', NULL, stays.holder, since, until,
            CASE
                WHEN until_slot = 90 THEN CASE WHEN resolved THEN 0 ELSE 3 END
                WHEN stays.holder = desk OR next_entry = 'DELEGATED' THEN 2
                WHEN until IS NOT NULL THEN 1
            END,
            -- Whoever has claimed has done its part.
            CASE WHEN claimed_at >= since AND yes(until IS NULL OR claimed_at < until) THEN claimed_at ELSE until END,
            until_step, until_slot
        FROM (SELECT *, lead(entry) OVER (PARTITION BY case_id ORDER BY number) AS next_entry FROM stays) AS stays
        JOIN cases ON cases.case_id = stays.case_id
        JOIN turns ON turns.case_id = stays.case_id AND turns.cycle = stays.cycle
        LEFT JOIN outcomes USING (outcome)
    )
    WHERE since < getvariable('midnight')::TIMESTAMPTZ
),
bounded AS (
    SELECT spells.*, calendar, decreed, least(coalesce(counted_until, getvariable('midnight')::TIMESTAMPTZ), getvariable('midnight')::TIMESTAMPTZ) AS bound
    FROM spells
    JOIN judged ON judged.case_id = spells.case_id AND judged.cycle = spells.cycle AND target = 'RESOLUTION'
    LEFT JOIN hearings USING (hearing)
)
SELECT
    spell, case_id, kind, place, unit, since, ending,
    coalesce(until < getvariable('midnight')::TIMESTAMPTZ, false) AS ended,
    CASE WHEN bounded.calendar IS NULL THEN age_ms(since, bound) ELSE coalesce(sum(age_ms(greatest(since, opens), least(bound, closes))) FILTER (opens IS NOT NULL), 0) END
        AS ms,
    left_step, left_slot
FROM bounded
LEFT JOIN shifts ON shifts.calendar = bounded.calendar AND shifts.decreed = bounded.decreed AND opens < bound AND closes > since
GROUP BY spell, case_id, kind, place, unit, since, until, ending, left_step, left_slot, bounded.calendar, bound;
