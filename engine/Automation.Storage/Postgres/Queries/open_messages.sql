SELECT message.id, contact, attempt, journey, step, channel, message.account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at)
FROM message_state JOIN message ON message.number = message_state.number
WHERE status = $1 AND status IN (0, 1, 5) AND message_state.number > coalesce((SELECT number FROM message_state WHERE id = $2), 0)
ORDER BY message_state.number LIMIT $3
