SELECT
  message.id, contact, ordinal, journey, version, step, channel, message.account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message JOIN message_state ON message_state.id = message.id
WHERE {filters}
ORDER BY message.number DESC
LIMIT {limit}
