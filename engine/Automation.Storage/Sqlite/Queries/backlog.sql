WITH RECURSIVE waiting (account) AS (
  SELECT min(account) FROM message INDEXED BY message_queued WHERE status = 0
  UNION ALL
  SELECT (SELECT min(message.account) FROM message INDEXED BY message_queued WHERE status = 0 AND message.account > waiting.account)
  FROM waiting WHERE waiting.account IS NOT NULL)
SELECT
  account,
  (SELECT count(*) FROM (
    SELECT 1 FROM message INDEXED BY message_queued WHERE status = 0 AND message.account = waiting.account LIMIT ?1)),
  (SELECT min(since) FROM (
    SELECT coalesce(changed_at, queued_at) AS since FROM message INDEXED BY message_queued
    WHERE status = 0 AND message.account = waiting.account ORDER BY number LIMIT 1000))
FROM waiting WHERE account IS NOT NULL
