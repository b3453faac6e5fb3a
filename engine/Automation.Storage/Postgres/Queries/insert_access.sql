INSERT INTO access (kind, id, owner, revision, document, expires_at) VALUES ($1, $2, $3, 1, $4, $5)
ON CONFLICT (kind, id) DO NOTHING
