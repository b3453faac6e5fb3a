SELECT version, document, published_at, published_by FROM definition_version WHERE kind = $1 AND key = $2 ORDER BY version
