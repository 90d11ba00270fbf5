-- Figures: ratios.reports_per_problem, ratios.rating, ratios.hops_per_closing, ratios.repeats_per_problem_day,
-- Figures: ratios.deadline_bunching
-- One amount for each of another; none where there is nothing of the latter, and none of hops where nothing was handed on.
-- Claims in the last twentieth of a target are held against those in the one before, each with a half more, of 20 at least.
WITH terms (ratio, term, amount, weight) AS (
    VALUES
        ('reports_per_problem', 'of', 'problem_reports', 1), ('reports_per_problem', 'per', 'problems', 1),
        ('rating', 'of', 'rated_1', 1), ('rating', 'of', 'rated_2', 2), ('rating', 'of', 'rated_3', 3),
        ('rating', 'of', 'rated_4', 4), ('rating', 'of', 'rated_5', 5),
        ('rating', 'per', 'rated_1', 1), ('rating', 'per', 'rated_2', 1), ('rating', 'per', 'rated_3', 1),
        ('rating', 'per', 'rated_4', 1), ('rating', 'per', 'rated_5', 1),
        ('repeats_per_problem_day', 'of', 'repeated', 86_400), ('repeats_per_problem_day', 'per', 'seconds.problem', 1),
        ('hops_per_closing', 'of', 'hops', 1)
    UNION ALL
    SELECT 'hops_per_closing', 'per', 'closed_' || lower(outcome), 1 FROM outcomes
),
summed AS (
    SELECT
        role, rule, unit, channel, category, span, start, ratio,
        coalesce(sum(value * weight) FILTER (term = 'of'), 0)::DOUBLE AS amount,
        coalesce(sum(value * weight) FILTER (term = 'per'), 0)::DOUBLE AS per
    FROM amounts
    JOIN terms USING (amount)
    GROUP BY ALL
)
SELECT role, rule, unit, channel, category, span, start AS day, 'ratios.' || ratio AS name, amount / per AS real
FROM summed
WHERE per <> 0 AND (ratio <> 'hops_per_closing' OR amount <> 0)
UNION ALL
SELECT
    role, rule, unit, channel, category, span, start, 'ratios.deadline_bunching',
    (coalesce(sum(value) FILTER (amount = 'claim_at_last'), 0) + 0.5::DOUBLE)
        / (coalesce(sum(value) FILTER (amount = 'claim_before_last'), 0) + 0.5::DOUBLE)
FROM amounts
WHERE amount IN ('claim_at_last', 'claim_before_last')
GROUP BY ALL
HAVING sum(value) >= 20
