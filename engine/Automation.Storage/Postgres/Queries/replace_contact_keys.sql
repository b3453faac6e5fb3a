UPDATE contact_key SET ring = anew.ring, wrapped = anew.wrapped
FROM unnest($1::bigint[], $2::int[], $3::bytea[]) AS anew (contact, ring, wrapped)
WHERE contact_key.contact = anew.contact
