DELETE FROM access WHERE kind = ?1 AND owner = ?2 AND (?3 IS NULL OR id <> ?3)
