WITH moved AS (
  UPDATE identity SET contact = link.contact
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS link (type, value, contact, before)
  WHERE identity.type = link.type AND identity.value = link.value AND identity.contact = link.before
  RETURNING 1)
SELECT expect_rows((SELECT count(*) FROM moved), cardinality($1::text[]), 'identity')
