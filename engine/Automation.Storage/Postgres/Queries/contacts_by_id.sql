SELECT id, revision, state FROM contact WHERE id = ANY ($1::bigint[])
