UPDATE approval SET status = 4, ended_by = $3, ended_at = $4 WHERE journey = $1 AND hash <> $2 AND status IN (0, 1)
