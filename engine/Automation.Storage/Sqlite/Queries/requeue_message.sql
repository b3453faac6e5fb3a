UPDATE message SET status = 0, changed_at = ?2, attempt = coalesce(?3, attempt), send_before = ?4 WHERE id = ?1
