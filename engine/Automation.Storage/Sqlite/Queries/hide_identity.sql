UPDATE identity SET value = ?3 WHERE type = ?1 AND value = ?2
