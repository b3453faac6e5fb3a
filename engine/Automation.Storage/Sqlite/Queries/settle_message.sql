UPDATE message SET
  status = ?2, changed_at = CASE status WHEN ?2 THEN changed_at ELSE ?3 END, vendor_id = coalesce(?4, vendor_id),
  reason = ?5, code = ?6, text = ?7, awaits_receipt = ?8, failed = ?9
WHERE id = ?1
