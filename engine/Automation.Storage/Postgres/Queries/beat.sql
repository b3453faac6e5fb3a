INSERT INTO node (id, role, seen_at) VALUES ($1, $2, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET role = excluded.role, seen_at = excluded.seen_at
