SELECT message.id FROM message_state JOIN message ON message.number = message_state.number
WHERE vendor_id = $1 AND account = $2 ORDER BY message.number DESC LIMIT 1
