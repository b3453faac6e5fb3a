SELECT kind, id, owner, revision, document, expires_at FROM access
WHERE kind = ?1 AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR owner = ?3)
ORDER BY id
