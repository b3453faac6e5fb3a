SELECT message.id FROM message_state JOIN message ON message.number = message_state.number
WHERE vendor_id = $1 AND message_state.account = $2 AND ($3::text IS NULL OR address = $3)
ORDER BY awaits_receipt DESC, message.number DESC LIMIT $4
