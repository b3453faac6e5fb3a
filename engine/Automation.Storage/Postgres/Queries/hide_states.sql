-- Only states that nobody wrote meanwhile, and of contacts whose first key this is, or who had theirs when they were encrypted.
WITH locked AS (
  SELECT contact.id, anew.hidden, anew.ring, anew.wrapped
  FROM contact JOIN unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::int[], $5::bytea[]) AS anew (id, clear, hidden, ring, wrapped) ON anew.id = contact.id
  WHERE contact.state = anew.clear
  ORDER BY contact.id FOR UPDATE OF contact),
made AS (
  INSERT INTO contact_key (contact, owner, ring, wrapped) SELECT id, id, ring, wrapped FROM locked WHERE ring IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING contact)
UPDATE contact SET state = locked.hidden
FROM locked WHERE contact.id = locked.id AND (locked.ring IS NULL OR locked.id IN (SELECT contact FROM made))
RETURNING contact.id
