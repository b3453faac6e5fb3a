UPDATE approval SET status = ?4, decided_by = ?5, decided_at = ?6, decision = ?7, ended_by = ?8, ended_at = ?9
WHERE journey = ?1 AND number = ?2 AND status = ?3
