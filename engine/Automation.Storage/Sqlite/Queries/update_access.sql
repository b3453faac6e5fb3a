UPDATE access SET owner = ?3, revision = revision + 1, document = ?4, expires_at = ?5
WHERE kind = ?1 AND id = ?2 AND revision = ?6
