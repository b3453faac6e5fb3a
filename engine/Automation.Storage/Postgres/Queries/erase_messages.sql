WITH erased AS (
  UPDATE message SET address = '', content = '{}'
  WHERE contact = ANY($1) OR contact IN (SELECT contact FROM contact_key WHERE owner = ANY($1))
  RETURNING id)
UPDATE message_state SET code = NULL, text = NULL
FROM erased WHERE message_state.id = erased.id
