SELECT
  message.id, contact, ordinal, journey, version, step, channel, message.account, template, is_call, status, attempt, queued_at, changed_at, send_before,
  vendor_id, reason, code, text, address_type, address, content
FROM message_state JOIN message ON message.number = message_state.number
WHERE failed AND changed_at >= $1 AND changed_at < $2
  AND ($3::text IS NULL OR journey = $3) AND ($4::text IS NULL OR channel = $4) AND ($5::text IS NULL OR message_state.account = $5)
  AND ($6::text IS NULL OR template = $6) AND (cardinality($7::text[]) = 0 OR reason = ANY ($7))
  AND (changed_at, message_state.number) > ($8, coalesce((SELECT number FROM message_state WHERE id = $9), 0))
ORDER BY changed_at, message_state.number LIMIT $10
