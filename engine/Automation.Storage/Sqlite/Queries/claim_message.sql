UPDATE message SET status = 1, changed_at = ?3, claimed_at = ?3
WHERE id = ?1 AND status = 0 AND attempt = ?2 AND NOT EXISTS (
  SELECT 1 FROM hold LEFT JOIN name ON name.text = hold.key
  WHERE released_at IS NULL AND (hold.scope = 0 OR hold.scope > 0 AND
    CASE hold.scope WHEN 1 THEN channel WHEN 2 THEN account WHEN 3 THEN template ELSE journey END IN (name.id, hold.key)))
