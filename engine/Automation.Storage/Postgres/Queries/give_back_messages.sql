UPDATE message_state SET status = 0, changed_at = $3, claimed_at = NULL, dispatcher = NULL
FROM unnest($1::uuid[], $2::integer[]) AS intent (id, attempt)
WHERE message_state.id = intent.id AND message_state.attempt = intent.attempt AND status + 0 = 1 AND dispatcher = $4
