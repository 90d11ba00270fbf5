-- The story of each case, event by event: in whose hands it is, what is offered to whom, how far the work has come. Each step
-- leaves behind how the case stands then, and what happened in words of its own (the log), from which stays, waits, cycles and
-- charges are read.
--
-- Of an entry, the unit is whom it is about, the other who had the case before (of a closing, the outcome), and how is the way
-- in which a stay began.
--
--   progress  SUBMITTED, TRIAGED, OPEN, IN_PROGRESS, WAITING, CLAIMED, CLOSED; opened again it is OPEN, in the next cycle
--   custody   stays with the giver of an offer until a receiver accepts it, or works on the case

CREATE MACRO entry(occurs, slot, what, unit, other, since, how := NULL) AS CASE WHEN occurs THEN
    {'slot': slot, 'what': what, 'unit': unit, 'other': other, 'since': since, 'how': how::VARCHAR}
END;

CREATE TABLE life AS
WITH RECURSIVE life AS (
    SELECT
        case_id,
        0::BIGINT AS step,
        submitted_at AS told_at,
        CASE WHEN (submitted->>'holder') IS NULL THEN 'SUBMITTED' ELSE 'OPEN' END AS progress,
        coalesce(submitted->>'holder', desk) AS holder,
        NULL::VARCHAR AS offered_to,
        NULL::TIMESTAMPTZ AS offered_at,
        NULL::VARCHAR AS giver,
        false AS refused,
        1 AS cycle,
        submitted_at AS cycle_since,
        NULL::TIMESTAMPTZ AS closed_at,
        false AS merged,
        NULL::TIMESTAMPTZ AS claimed_at,
        NULL::VARCHAR AS reason,
        make_timestamptz((submitted->>'resolutionDeadline')::BIGINT * 1000) AS stated,
        make_timestamptz((submitted->>'resolutionDeadline')::BIGINT * 1000) AS cycle_deadline,
        false AS open_before,
        [entry(true, 0, 'FIRST', coalesce(submitted->>'holder', desk), NULL::VARCHAR, submitted_at, how := 'SUBMITTED')] AS log
    FROM begun
    UNION ALL
    (
    -- 1. An offer that nobody answered in time ends, and the giver has the case as before.
    WITH lapsing AS NOT MATERIALIZED (
        SELECT
            life.* EXCLUDE (step, told_at, log, open_before),
            told.* EXCLUDE (case_id, reason),
            told.reason AS told_reason,
            greatest(offered_at, cycle_since) + to_milliseconds(offer_lapses_after_ms) AS lapses_at,
            yes(offered_to IS NOT NULL AND progress <> 'CLOSED' AND lapses_at < told.told_at) AS lapsed,
            progress = 'CLOSED' AS was_closed,
            yes(closed_at + to_milliseconds(reopen_within_ms) < told.told_at) AS beyond_reopening,
            house_of_unit.unit IS NOT NULL AS unit_is_of_house,
            house_of_target.unit IS NOT NULL AS target_is_of_house,
            yes(listed.listed) AND yes(told.target_listed) AND line.unit IS NULL AS holder_out_of_line
        FROM life
        JOIN told ON told.case_id = life.case_id AND told.step = life.step + 1
        CROSS JOIN packs
        LEFT JOIN houses AS house_of_unit ON house_of_unit.unit = told.unit AND house_of_unit.other = life.offered_to
        LEFT JOIN houses AS house_of_target ON house_of_target.unit = told.target AND house_of_target.other = life.offered_to
        LEFT JOIN units AS listed ON listed.unit = life.holder
        LEFT JOIN in_line AS line ON line.unit = life.holder AND line.other = told.target
    ),

    -- 2. A closed case is taken up again: somebody says so, a rating or a state shows it, or an officer goes on with work after
    -- the instant of the closing, unless it was a duplicate.
    reopening AS NOT MATERIALIZED (
        SELECT
            *,
            CASE WHEN NOT lapsed THEN offered_to END AS offered_2,
            refused OR lapsed AS refused_2,
            was_closed AND yes(CASE
                WHEN type IN ('ProgressUpdated', 'ResolutionClaimed', 'WaitStarted', 'Delegated')
                    THEN actor = 'OFFICER' AND NOT merged AND closed_at < told_at
                WHEN type = 'Reopened' THEN true
                WHEN type = 'Disputed' THEN upheld
                WHEN type = 'Rated' THEN dissatisfied AND NOT beyond_reopening
                WHEN type = 'SnapshotObserved' THEN status <> 'CLOSED'
            END) AS reopens
        FROM lapsing
    ),

    -- 3. A receiver, or another unit of its house, that works on the case has taken it, whether or not it said so.
    taking AS NOT MATERIALIZED (
        SELECT
            *,
            was_closed AND NOT reopens AS stays_closed,
            CASE WHEN reopens THEN 'OPEN' ELSE progress END AS progress_3,
            CASE WHEN NOT reopens THEN claimed_at END AS claim,
            type IN (
                'HandoverOffered', 'Delegated', 'VerificationDeferred', 'WaitStarted', 'WaitEnded', 'PublicReply',
                'ProgressUpdated', 'ResolutionClaimed', 'Rejected', 'MergedInto', 'Closed')
                AND yes(offered_2 IS NOT NULL AND unit <> holder AND (unit = offered_2 OR unit_is_of_house)) AS takes
        FROM reopening
    ),

    -- 4. An officer's unit that works on a case of the desk has it, whether or not anybody wrote that it was assigned.
    picking AS NOT MATERIALIZED (
        SELECT
            *,
            CASE WHEN takes THEN unit ELSE holder END AS holder_4,
            CASE WHEN NOT takes THEN offered_2 END AS offered_4,
            refused_2 AND NOT takes AS refused_4,
            CASE WHEN takes AND progress_3 IN ('SUBMITTED', 'TRIAGED', 'WAITING') THEN 'OPEN' ELSE progress_3 END AS progress_4,
            type IN ('ProgressUpdated', 'ResolutionClaimed') AND NOT stays_closed AND NOT takes AND holder = desk
                AND offered_2 IS NULL AND actor = 'OFFICER' AND yes(unit <> desk) AS picks
        FROM taking
    ),

    -- 5. The holder does something about the case; work of which nobody says whose it is, is the holder's. A giver that was
    -- refused has taken the case back by that.
    working AS NOT MATERIALIZED (
        SELECT
            *,
            CASE WHEN picks THEN unit ELSE holder_4 END AS holder_5,
            CASE WHEN picks AND progress_4 IN ('SUBMITTED', 'TRIAGED', 'WAITING') THEN 'OPEN' ELSE progress_4 END AS progress_5,
            CASE
                WHEN type = 'Assigned' THEN yes(unit = holder_4)
                WHEN stays_closed THEN false
                WHEN type = 'PublicReply' THEN actor IN ('OFFICER', 'VALIDATOR')
                WHEN type IN ('WaitStarted', 'VerificationDeferred') THEN progress_4 <> 'CLAIMED'
                ELSE type IN ('ProgressUpdated', 'ResolutionClaimed', 'Rejected', 'Closed')
            END AND (picks OR coalesce(unit = holder_4, true)) AS works
        FROM picking
    ),

    -- 6. The case is put into other hands. Within a line of units that the pack lists it is a delegation, and out of it a
    -- hand-over; that a unit takes the case only it can say, or somebody of its house.
    giving AS NOT MATERIALIZED (
        SELECT
            *,
            refused_4 AND NOT works AS refused_6,
            type IN ('Assigned', 'HandoverAccepted', 'Delegated', 'SnapshotObserved') AND yes(target <> holder_5) AS moves,
            type IN ('Assigned', 'HandoverAccepted', 'Delegated') AND yes(target = holder_5) AS keeps,
            type = 'Delegated'
                AND NOT CASE WHEN holder_5 = unit THEN unit_out_of_line ELSE holder_out_of_line END AS delegates,
            type = 'HandoverAccepted' AND (unit IS NULL OR of_target) AS accepts
        FROM working
    ),

    -- 7. Offers are made, refused and taken back. What it was offered a receiver cannot take back: it refuses. Whoever is waited
    -- for does not excuse the next holder.
    offering AS NOT MATERIALIZED (
        SELECT
            *,
            CASE WHEN moves THEN target ELSE holder_5 END AS holder_7,
            CASE WHEN NOT (moves OR keeps) THEN offered_4 END AS offered_7,
            refused_6 AND NOT (moves AND NOT delegates) AS refused_7,
            CASE
                WHEN NOT moves THEN progress_5
                WHEN progress_5 IN ('SUBMITTED', 'TRIAGED') THEN 'OPEN'
                WHEN progress_5 = 'WAITING' AND (NOT delegates OR holder_5 = desk) THEN 'OPEN'
                ELSE progress_5
            END AS progress_7,
            type = 'HandoverOffered' AND target <> holder_7 AND target IS DISTINCT FROM offered_7 AS offers,
            offered_7 IS NOT NULL AND yes(CASE type
                WHEN 'HandoverDeclined' THEN target = offered_7 OR target_is_of_house
                WHEN 'Recalled' THEN unit = offered_7 OR unit_is_of_house
            END) AS declines
        FROM giving
    ),
    waiting AS NOT MATERIALIZED (
        SELECT
            *,
            offers AND refused_7 AND coalesce(unit = holder_7, true) AS offers_again,
            type = 'Recalled' AND offered_7 IS NOT NULL AND NOT declines
                AND (unit IS NULL OR unit IN (holder_7, giver) OR holder_7 = desk) AS recalls,
            CASE
                WHEN NOT offers OR progress_7 <> 'WAITING' THEN progress_7
                WHEN holder_7 = desk THEN 'TRIAGED'
                ELSE 'IN_PROGRESS'
            END AS progress_8,
            declines OR (refused_7 AND NOT offers_again) AS refused_8
        FROM offering
    ),

    -- 8. The work goes on. A claim stops the clock as long as nobody contradicts it; a closing ends everything but a second
    -- closing. A state repeats the deadline of an earlier cycle: only another one is of this cycle, and none after the closing.
    ending AS NOT MATERIALIZED (
        SELECT
            *,
            type = 'SnapshotObserved' AND NOT stays_closed AND yes(CASE status
                WHEN 'WAITING' THEN coalesce(unit = holder_7, true)
                ELSE status <> 'OPEN'
            END) AS shows_work,
            NOT stays_closed AND yes(
                type IN ('ResolutionValidated', 'Rejected', 'Closed') OR merges
                OR (type = 'SnapshotObserved' AND status = 'CLOSED')) AS closes,
            claim IS NOT NULL AND NOT stays_closed AND yes(
                type IN ('ResolutionRejected', 'Reopened')
                OR (type = 'Disputed' AND upheld)
                OR (type = 'SnapshotObserved' AND status IN ('OPEN', 'IN_PROGRESS', 'WAITING'))) AS withdraws_claim,
            claim IS NULL AND NOT stays_closed AND yes(
                type IN ('ResolutionClaimed', 'ResolutionValidated')
                OR (type = 'SnapshotObserved' AND status = 'RESOLUTION_CLAIMED')) AS claims,
            type = 'SnapshotObserved' AND NOT stays_closed AND deadline IS NOT NULL AND deadline IS DISTINCT FROM stated
                AS states_deadline
        FROM waiting
    ),
    standing AS NOT MATERIALIZED (
        SELECT
            *,
            CASE
                WHEN stays_closed OR closes THEN 'CLOSED'
                WHEN claims THEN 'CLAIMED'
                WHEN type = 'SnapshotObserved' AND status IN ('OPEN', 'IN_PROGRESS', 'WAITING') THEN status
                WHEN withdraws_claim THEN 'IN_PROGRESS'
                WHEN progress_8 = 'CLAIMED' THEN 'CLAIMED'
                WHEN type = 'Verified' OR (placed AND actor <> 'SYSTEM') THEN CASE
                    WHEN progress_8 = 'SUBMITTED' OR (progress_8 = 'WAITING' AND holder_7 = desk) THEN 'TRIAGED'
                    ELSE progress_8
                END
                WHEN placed AND progress_8 = 'SUBMITTED' THEN 'TRIAGED'
                WHEN type IN ('WaitStarted', 'VerificationDeferred') THEN 'WAITING'
                WHEN progress_8 = 'WAITING' AND (type = 'WaitEnded' OR (type = 'PublicReply' AND actor = 'CITIZEN'))
                    THEN CASE WHEN holder_7 = desk THEN 'TRIAGED' ELSE 'IN_PROGRESS' END
                WHEN type = 'ProgressUpdated' THEN 'IN_PROGRESS'
                ELSE progress_8
            END AS progress_9
        FROM ending
    )
    SELECT
        case_id,
        step,
        told_at,
        progress_9,
        holder_7,
        CASE WHEN offers THEN target WHEN NOT (declines OR recalls) AND NOT closes THEN offered_7 END,
        CASE WHEN offers THEN told_at ELSE offered_at END,
        CASE WHEN offers THEN holder_7 ELSE giver END,
        refused_8 AND NOT shows_work,
        cycle + reopens::INTEGER,
        CASE WHEN reopens THEN told_at ELSE cycle_since END,
        CASE WHEN closes THEN told_at WHEN stays_closed THEN closed_at END,
        merges OR (merged AND NOT reopens),
        CASE WHEN claims THEN told_at WHEN NOT withdraws_claim THEN claim END,
        CASE WHEN progress_9 = 'WAITING' THEN CASE
            WHEN type IN ('WaitStarted', 'VerificationDeferred') THEN told_reason
            WHEN type = 'SnapshotObserved' AND status = 'WAITING' AND progress_8 <> 'WAITING' THEN 'UNSTATED'
            ELSE reason
        END END,
        CASE WHEN states_deadline THEN deadline ELSE stated END,
        CASE WHEN states_deadline THEN deadline WHEN NOT reopens THEN cycle_deadline END,
        NOT was_closed,
        list_filter([
            entry(lapsed, 10, 'LAPSED', NULL, NULL, lapses_at),
            entry(reopens, 20, CASE WHEN beyond_reopening THEN 'REOPENED_LATE' ELSE 'REOPENED' END, holder, NULL, told_at,
                how := 'REOPENED'),
            entry(takes, 30, CASE WHEN holder = desk THEN 'ASSIGNED' ELSE 'TAKEN' END, unit, holder, told_at, how := 'TAKEN'),
            entry(picks, 40, 'ASSIGNED', unit, desk, told_at, how := 'ASSIGNED'),
            entry(works AND NOT stays_closed, 50, 'ACTED', holder_5, NULL, told_at),
            entry(works AND refused_4, 51, 'GIVER_WORKED', holder_5, NULL, told_at),
            entry(moves AND delegates AND NOT stays_closed, 60, 'ACTED', holder_5, NULL, told_at),
            entry(keeps AND offered_4 IS NOT NULL, 61, 'RECALLED', NULL, NULL, told_at),
            entry(keeps AND accepts AND NOT stays_closed, 62, 'ACTED', holder_5, NULL, told_at),
            entry(keeps AND accepts, 63, 'ACCEPTED', holder_5, holder_5, told_at),
            entry(moves, 64, CASE
                WHEN holder_5 = desk THEN 'ASSIGNED'
                WHEN delegates THEN 'DELEGATED'
                WHEN accepts THEN 'ACCEPTED'
                ELSE 'TAKEN'
            END, target, holder_5, told_at, how := CASE
                WHEN delegates THEN 'DELEGATED'
                WHEN accepts THEN 'ACCEPTED'
                WHEN offered_4 IS NOT NULL AND (target = offered_4 OR target_is_of_house) THEN 'TAKEN'
                ELSE 'ASSIGNED'
            END),
            entry(offers AND offered_7 IS NOT NULL, 70, 'RECALLED', NULL, NULL, told_at),
            entry(offers AND NOT stays_closed, 71, 'ACTED', holder_7, NULL, told_at),
            entry(offers_again, 72, 'GIVER_WORKED', holder_7, NULL, told_at),
            entry(offers, 73, CASE WHEN stays_closed THEN 'OFFERED_WHILE_CLOSED' ELSE 'OFFERED' END, target, holder_7, told_at),
            entry(declines, 74, 'DECLINED', NULL, NULL, told_at),
            entry(recalls, 75, 'RECALLED', NULL, NULL, told_at),
            entry(shows_work, 80, 'ACTED', holder_7, NULL, told_at),
            entry(shows_work AND refused_8, 81, 'GIVER_WORKED', holder_7, NULL, told_at),
            entry(claims, 82, 'CLAIMED', holder_7, NULL, told_at),
            entry(withdraws_claim, 83, 'CLAIM_WITHDRAWN', holder_7, NULL, told_at),
            entry(closes, 90, 'CLOSED', holder_7, outcome, told_at)
        ], written -> written IS NOT NULL)
    FROM standing
    )
)
FROM life;

CREATE TABLE log AS
SELECT case_id, step, open_before, unnest(log, recursive := true)
FROM life;
