SELECT sequence, contact, message_id, type, name, occurred_at, received_at, details
FROM event WHERE contact = $1 ORDER BY committed_at DESC, sequence DESC LIMIT $2
