UPDATE contact SET state = ?2, next_due_at = ?3 WHERE id = ?1
