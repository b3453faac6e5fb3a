UPDATE message SET status = 6, changed_at = ?2, reason = ?3 WHERE id = ?1 AND status = 0
