SELECT DISTINCT contact FROM enrollment
WHERE journey = ?1 AND contact > ?2 AND (?3 IS NULL OR version = ?3) AND (?4 = 0 OR held = 1)
ORDER BY contact LIMIT ?5
