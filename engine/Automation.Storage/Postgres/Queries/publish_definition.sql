INSERT INTO definition (kind, key, draft, revision, published_version, updated_at, updated_by) VALUES ($1, $2, NULL, 1, $3, $4, $5)
ON CONFLICT (kind, key) DO UPDATE SET
  draft = NULL, revision = definition.revision + 1, published_version = excluded.published_version,
  updated_at = excluded.updated_at, updated_by = excluded.updated_by
