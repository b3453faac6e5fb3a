UPDATE message_state SET
  status = 0, changed_at = change.at, attempt = coalesce(change.attempt, message_state.attempt), send_before = change.send_before
FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::bigint[]) AS change (id, at, attempt, send_before)
WHERE message_state.id = change.id
