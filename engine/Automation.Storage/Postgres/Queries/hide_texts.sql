-- Only messages that nobody emptied meanwhile, and of contacts whose first key this is, or who had theirs when they were encrypted.
WITH locked AS (
  SELECT message.number, message.contact, anew.address, anew.hidden, anew.ring, anew.wrapped
  FROM message
  JOIN unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bytea[]) AS anew (number, clear, address, hidden, ring, wrapped)
    ON anew.number = message.number
  WHERE message.content = anew.clear
  ORDER BY message.number FOR UPDATE OF message),
made AS (
  INSERT INTO contact_key (contact, owner, ring, wrapped)
  SELECT DISTINCT ON (contact) contact, contact, ring, wrapped FROM locked WHERE ring IS NOT NULL ORDER BY contact
  ON CONFLICT DO NOTHING RETURNING contact)
UPDATE message SET address = locked.address, content = locked.hidden
FROM locked WHERE message.number = locked.number AND (locked.ring IS NULL OR locked.contact IN (SELECT contact FROM made))
RETURNING message.number
