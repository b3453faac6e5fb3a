SELECT id, next_due_at FROM contact WHERE next_due_at <= ?1 ORDER BY next_due_at, id LIMIT ?2
