SELECT sequence, contact, message_id, type, name, occurred_at, received_at, details
FROM event WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3
