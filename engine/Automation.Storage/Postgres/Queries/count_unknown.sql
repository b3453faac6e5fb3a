SELECT account, count(*) FROM message_state WHERE status = 5 AND status IN (0, 1, 5) GROUP BY account ORDER BY account
