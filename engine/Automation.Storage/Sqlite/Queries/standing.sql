SELECT contact, ordinal, version, step, status, held, since, wake_at FROM enrollment
WHERE journey = ?1 AND (contact, ordinal) > (?2, ?3) AND (?4 IS NULL OR step = ?4)
ORDER BY contact, ordinal LIMIT ?5
