SELECT id FROM message WHERE vendor_id = ?1 AND account = ?2 ORDER BY number DESC LIMIT 1
