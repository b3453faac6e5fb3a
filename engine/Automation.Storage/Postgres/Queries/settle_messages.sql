UPDATE message_state SET
  status = change.status, changed_at = CASE message_state.status WHEN change.status THEN changed_at ELSE change.at END,
  vendor_id = coalesce(change.vendor_id, message_state.vendor_id), reason = change.reason, code = change.code, text = change.text,
  awaits_receipt = change.awaits_receipt, failed = change.failed
FROM unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::boolean[])
  AS change (id, status, at, vendor_id, reason, code, text, awaits_receipt, failed)
WHERE message_state.id = change.id
