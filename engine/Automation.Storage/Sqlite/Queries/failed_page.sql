SELECT
  id, contact, ordinal, journey, version, step, channel, account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message
WHERE failed = 1 AND changed_at >= ?1 AND changed_at < ?2
  AND (?3 IS NULL OR journey = ?3) AND (?4 IS NULL OR channel = ?4) AND (?5 IS NULL OR account = ?5) AND (?6 IS NULL OR template = ?6)
  AND (?7 IS NULL OR reason IN (SELECT coalesce(name.id, value) FROM json_each(?7) LEFT JOIN name ON name.text = value))
  AND (changed_at, number) > (?8, coalesce((SELECT number FROM message WHERE id = ?9), 0))
ORDER BY changed_at, number LIMIT ?10
