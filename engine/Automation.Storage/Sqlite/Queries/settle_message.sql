UPDATE message SET
  status = ?2, changed_at = ?3, vendor_id = coalesce(?4, vendor_id), reason = ?5, code = ?6, text = ?7
WHERE id = ?1
