SELECT
  message.id, contact, ordinal, journey, version, step, channel, message.account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message_state JOIN message ON message.number = message_state.number
WHERE message_state.id = $1
