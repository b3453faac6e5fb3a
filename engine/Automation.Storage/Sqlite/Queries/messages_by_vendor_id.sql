SELECT id FROM message
WHERE vendor_id = ?1 AND account = ?2 AND (?3 IS NULL OR address = ?3)
ORDER BY awaits_receipt DESC, number DESC LIMIT ?4
