-- The prefix and the first text behind all that begin with it.
SELECT value FROM identity WHERE type = ?1 AND (value < ?2 OR value >= ?3) LIMIT ?4
