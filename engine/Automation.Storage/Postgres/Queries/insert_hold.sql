INSERT INTO hold (scope, key, since, held_by, reason) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
