SELECT
  id, contact, ordinal, journey, version, step, channel, account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message
WHERE status = 5 AND status IN (0, 1, 5) AND (?1 IS NULL OR account = ?1) AND number > coalesce((SELECT number FROM message WHERE id = ?2), 0)
ORDER BY number LIMIT ?3
