SELECT
  count(*) FILTER (WHERE status = 0),
  count(*) FILTER (WHERE status = 1),
  count(*) FILTER (WHERE status = 0 AND EXISTS (
  SELECT 1 FROM hold LEFT JOIN name ON name.text = hold.key
  WHERE released_at IS NULL AND NOT (hold.scope = ?1 AND hold.key = ?3) AND
    (hold.scope = 0 OR hold.scope > 0 AND
    CASE hold.scope WHEN 1 THEN channel WHEN 2 THEN account WHEN 3 THEN template ELSE journey END IN (name.id, hold.key))))
FROM message
WHERE status IN (0, 1) AND status IN (0, 1, 5)
  AND (?1 = 0 OR CASE ?1 WHEN 1 THEN channel WHEN 2 THEN account WHEN 3 THEN template ELSE journey END = ?2)
