-- Figures: counts.handovers_out, counts.handovers_in, counts.reopened
-- Hand-overs count for the giver and for the receiver, and for the place of the problem as its case was handed over. A case
-- that was taken up again in time counts for whoever had it then.
SELECT
    case_id, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit, handed_at::DATE AS day,
    'counts.handovers_out' AS name, 1 AS value
FROM cases JOIN handovers USING (case_id)
UNION ALL
SELECT case_id, 'HOLDER', 'CRM', giver, handed_at::DATE, 'counts.handovers_out', 1 FROM handovers
UNION ALL
SELECT case_id, 'HOLDER', 'CRM', receiver, handed_at::DATE, 'counts.handovers_in', 1 FROM handovers
UNION ALL
SELECT case_id, 'TERRITORY', 'CROP', territory, started_at::DATE, 'counts.reopened', 1
FROM cases JOIN cycles USING (case_id)
WHERE cycle > 1 AND NOT late
UNION ALL
SELECT case_id, 'HOLDER', 'CRM', first_holder, started_at::DATE, 'counts.reopened', 1
FROM cycles
WHERE cycle > 1 AND NOT late
