INSERT INTO definition_version (kind, key, version, document, published_at, published_by)
SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5 FROM definition_version WHERE kind = $1 AND key = $2
RETURNING version
