SELECT
  message.id, contact, ordinal, journey, version, step, channel, account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message
WHERE {filters}
ORDER BY number DESC
LIMIT {limit}
