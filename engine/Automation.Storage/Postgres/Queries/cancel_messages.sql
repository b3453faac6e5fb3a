-- The status is kept from the planner, as in claim_messages.
UPDATE message_state SET status = 6, changed_at = change.at, reason = change.reason
FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS change (id, at, reason)
WHERE message_state.id = change.id AND status + 0 = 0
