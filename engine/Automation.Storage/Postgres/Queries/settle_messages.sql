UPDATE message_state SET
  status = change.status, changed_at = change.at, vendor_id = coalesce(change.vendor_id, message_state.vendor_id), reason = change.reason,
  code = change.code, text = change.text
FROM unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
  AS change (id, status, at, vendor_id, reason, code, text)
WHERE message_state.id = change.id
