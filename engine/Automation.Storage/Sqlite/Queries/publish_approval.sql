UPDATE approval SET status = CASE WHEN number = ?2 THEN 5 ELSE 4 END, ended_by = ?3, ended_at = ?4 WHERE journey = ?1 AND status IN (0, 1)
