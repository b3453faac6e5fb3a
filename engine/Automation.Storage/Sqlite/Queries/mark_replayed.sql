UPDATE message SET failed = 0 WHERE id = ?1
