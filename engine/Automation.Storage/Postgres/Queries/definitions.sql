SELECT
  d.kind, d.key, d.draft, d.revision, d.published_version, v.document, d.state, d.updated_at, d.updated_by
FROM definition d LEFT JOIN definition_version v ON v.kind = d.kind AND v.key = d.key AND v.version = d.published_version
WHERE d.kind = $1 AND ($2::text IS NULL OR d.key = $2)
ORDER BY d.key COLLATE "C"
