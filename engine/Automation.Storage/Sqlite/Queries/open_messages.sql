SELECT id, contact, attempt, journey, step, channel, account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at)
FROM message
WHERE status = ?1 AND status IN (0, 1, 5) AND number > coalesce((SELECT number FROM message WHERE id = ?2), 0)
ORDER BY number LIMIT ?3
