SELECT message.id, contact, attempt, journey, step, channel, message.account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at), vendor_id
FROM message_state JOIN message ON message.number = message_state.number
WHERE status = 5 AND status IN (0, 1, 5) AND message_state.account = $1 AND claimed_at >= $2 AND claimed_at <= $3
  AND (claimed_at > $2 OR message_state.number > (SELECT number FROM message_state WHERE id = $4))
ORDER BY claimed_at, message_state.number LIMIT $5
