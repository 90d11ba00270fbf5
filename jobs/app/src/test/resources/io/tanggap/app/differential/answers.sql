-- Who answers for a cycle: in role territory the place of the problem, in role holder the party that the CRM rule charges.

CREATE TABLE answers AS
SELECT case_id, cycle, 'TERRITORY' AS role, 'CROP' AS rule, territory AS unit
FROM cases JOIN cycles USING (case_id)
UNION ALL
SELECT case_id, cycle, 'HOLDER', 'CRM', charged
FROM cycles
UNION ALL
-- The first holder that is no intake desk answers under rule ORIGIN.
SELECT case_id, cycle, 'HOLDER', 'ORIGIN', unit
FROM cycles JOIN origins USING (case_id);
