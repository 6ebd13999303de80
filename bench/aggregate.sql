-- What the rebuilding of the roll-up is measured against: the sums of every commune, and nothing
-- else. A unit below a commune counts for the commune above it, a commune for itself.
SELECT
    CASE WHEN u.level = 'commune' THEN u.id ELSE p.parent_id END AS commune,
    v.indicator_id,
    r.period_id,
    v.state,
    SUM(v.amount) AS amount,
    COUNT(*) AS n
FROM rounds_submissionvalue AS v
JOIN rounds_submission AS s ON s.record_id = v.submission_id
JOIN rounds_round AS r ON r.id = s.round_id
JOIN units_unit AS u ON u.id = s.unit_id
JOIN units_placement AS p ON p.unit_id = s.unit_id AND p.tree = 'state' AND p.valid_to IS NULL
GROUP BY 1, 2, 3, 4
