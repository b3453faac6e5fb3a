SELECT account, count(*) FROM message WHERE status = 5 AND status IN (0, 1, 5) GROUP BY account
