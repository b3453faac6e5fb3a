-- In id order, so that two commits lock what they share in the same order. A row with another revision was written by somebody else.
WITH written AS (
  UPDATE contact SET
    revision = $5, state = changed.state, next_due_at = changed.due,
    look_at = CASE WHEN contact.look_at <= changed.due OR changed.due IS NULL THEN contact.look_at ELSE changed.due END
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[]) AS changed (id, revision, due, state)
  WHERE contact.id = changed.id AND contact.revision = changed.revision
  RETURNING 1)
SELECT expect_rows((SELECT count(*) FROM written), cardinality($1::bigint[]), 'contact')
