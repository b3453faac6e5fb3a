SELECT
  message.id, contact, ordinal, journey, version, step, channel, message.account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message_state JOIN message ON message.number = message_state.number
WHERE status = 5 AND status IN (0, 1, 5) AND ($1::text IS NULL OR message_state.account = $1)
  AND message_state.number > coalesce((SELECT number FROM message_state WHERE id = $2), 0)
ORDER BY message_state.number LIMIT $3
