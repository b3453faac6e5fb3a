SELECT id, look_at, next_due_at FROM contact
WHERE id >> 44 = $1 AND look_at IS NOT NULL AND look_at <= $2
ORDER BY look_at LIMIT $3
