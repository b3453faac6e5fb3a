SELECT kind, id, owner, revision, document, expires_at FROM access
WHERE kind = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR owner = $3)
ORDER BY id COLLATE "C"
