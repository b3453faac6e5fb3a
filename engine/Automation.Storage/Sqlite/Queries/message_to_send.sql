SELECT id, contact, attempt, journey, step, channel, account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at)
FROM message WHERE id = ?1
