UPDATE message SET status = 1, changed_at = ?3, claimed_at = ?3 WHERE id = ?1 AND status = 0 AND attempt = ?2
