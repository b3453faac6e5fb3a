INSERT INTO definition (kind, key, draft, revision, published_version, updated_at, updated_by) VALUES ($1, $2, $3, 1, 0, $4, $5)
ON CONFLICT (kind, key) DO NOTHING
