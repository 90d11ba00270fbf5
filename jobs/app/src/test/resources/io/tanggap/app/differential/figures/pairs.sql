-- Figures: counts.pair_hops, counts.pair_returns, histograms.pair_stay
-- What one unit handed on to another; and of that, what it gave back to whom, or to whose house, it came from in the same cycle; and
-- how long it had had the case, of hops before the last midnight.
WITH hops AS (
    SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY step, slot) AS hop FROM handovers
)
SELECT
    case_id, 'HOLDER' AS role, 'CRM' AS rule, giver AS unit, receiver AS counterpart, handed_at::DATE AS day,
    'counts.pair_hops' AS name, 1 AS value
FROM hops
UNION ALL
SELECT DISTINCT ON (back.case_id, back.hop)
    back.case_id, 'HOLDER', 'CRM', back.giver, back.receiver, back.handed_at::DATE, 'counts.pair_returns', 1
FROM hops AS back
JOIN hops AS before ON before.case_id = back.case_id AND before.cycle = back.cycle AND before.hop < back.hop
LEFT JOIN houses ON houses.unit = before.giver AND houses.other = back.receiver
WHERE before.giver = back.receiver OR houses.unit IS NOT NULL
UNION ALL
SELECT
    case_id, 'HOLDER', 'CRM', giver, receiver, handed_at::DATE, 'histograms.pair_stay[' || age_bin(ms) || ']', 1
FROM handovers
JOIN spells USING (case_id)
WHERE kind = 'stay' AND left_step = step AND left_slot = slot AND handed_at < getvariable('midnight')::TIMESTAMPTZ
