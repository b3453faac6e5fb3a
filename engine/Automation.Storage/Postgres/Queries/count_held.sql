SELECT
  count(*) FILTER (WHERE status = 0),
  count(*) FILTER (WHERE status = 1),
  count(*) FILTER (WHERE status = 0 AND coalesce((
    SELECT bool_or(scope = 0 OR key = CASE scope
      WHEN 1 THEN message.channel WHEN 2 THEN message.account WHEN 3 THEN message.template ELSE message.journey END)
    FROM hold WHERE released_at IS NULL AND NOT (scope = $1 AND key = $2)), false))
FROM message_state JOIN message ON message.number = message_state.number
WHERE status IN (0, 1) AND status IN (0, 1, 5)
  AND ($1 = 0 OR $2 = CASE $1 WHEN 1 THEN channel WHEN 2 THEN message.account WHEN 3 THEN template ELSE journey END)
