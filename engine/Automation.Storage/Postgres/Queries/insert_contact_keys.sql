INSERT INTO contact_key (contact, owner, ring, wrapped)
SELECT contact, contact, ring, wrapped FROM unnest($1::bigint[], $2::int[], $3::bytea[]) AS made (contact, ring, wrapped)
