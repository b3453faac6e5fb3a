WITH RECURSIVE waiting AS (
  (SELECT account FROM message_state WHERE status = 0 ORDER BY account LIMIT 1)
  UNION ALL
  SELECT (SELECT message_state.account FROM message_state WHERE status = 0 AND message_state.account > waiting.account ORDER BY message_state.account LIMIT 1)
  FROM waiting WHERE waiting.account IS NOT NULL)
SELECT
  account,
  (SELECT count(*) FROM (SELECT 1 FROM message_state WHERE status = 0 AND message_state.account = waiting.account ORDER BY number LIMIT $1) AS counted),
  (SELECT min(coalesce(first.changed_at, (SELECT queued_at FROM message WHERE message.number = first.number))) FROM (
    SELECT number, changed_at FROM message_state WHERE status = 0 AND message_state.account = waiting.account ORDER BY number LIMIT 1000) AS first)
FROM waiting WHERE account IS NOT NULL
