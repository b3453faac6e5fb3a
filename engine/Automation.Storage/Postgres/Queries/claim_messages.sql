-- The status is kept from the planner: few keys are looked up here, and an index of all that is queued would be read for each.
UPDATE message_state SET status = 1, changed_at = $3, claimed_at = $3, dispatcher = $4
FROM unnest($1::uuid[], $2::integer[]) AS intent (id, attempt)
WHERE message_state.id = intent.id AND message_state.attempt = intent.attempt AND status + 0 = 0
RETURNING message_state.id
