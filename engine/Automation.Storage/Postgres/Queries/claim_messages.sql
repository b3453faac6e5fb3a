-- The status is kept from the planner: few keys are looked up here, and an index of all that is queued would be read for each.
-- Whether one is held is a query of its own for each, not a join: as a rule there is no hold, and then no message is looked up.
UPDATE message_state SET status = 1, changed_at = $3, claimed_at = $3, dispatcher = $4
FROM unnest($1::uuid[], $2::integer[]) AS intent (id, attempt)
WHERE message_state.id = intent.id AND message_state.attempt = intent.attempt AND status + 0 = 0
  AND NOT coalesce((
    SELECT bool_or(scope = 0 OR key = CASE scope
      WHEN 1 THEN (SELECT channel FROM message WHERE message.number = message_state.number)
      WHEN 2 THEN message_state.account
      WHEN 3 THEN (SELECT template FROM message WHERE message.number = message_state.number)
      ELSE (SELECT journey FROM message WHERE message.number = message_state.number) END)
    FROM hold WHERE released_at IS NULL), false)
RETURNING message_state.id
