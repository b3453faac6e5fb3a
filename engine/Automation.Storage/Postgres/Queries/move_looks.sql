-- Those whose deadline moved back since they were put where they are. Whoever is being written is left for the next time.
UPDATE contact SET look_at = next_due_at
WHERE id IN (SELECT id FROM contact WHERE id = ANY ($1::bigint[]) AND look_at IS DISTINCT FROM next_due_at ORDER BY id FOR UPDATE SKIP LOCKED)
