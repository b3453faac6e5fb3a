SELECT id, contact, attempt, journey, step, channel, account, is_call, address_type, address, content, send_before
FROM message WHERE id = ?1
