INSERT INTO contact (id, revision, next_due_at, look_at, state)
SELECT id, $4, due, due, state FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS new (id, due, state)
