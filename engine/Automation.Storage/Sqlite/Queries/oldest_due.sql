SELECT next_due_at FROM contact WHERE next_due_at <= ?1 ORDER BY next_due_at LIMIT 1
