SELECT id, contact, attempt, journey, step, channel, account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at), vendor_id
FROM message
WHERE status = 5 AND status IN (0, 1, 5) AND account = ?1 AND claimed_at >= ?2 AND claimed_at <= ?3
  AND (claimed_at > ?2 OR number > (SELECT number FROM message WHERE id = ?4))
ORDER BY claimed_at, number LIMIT ?5
