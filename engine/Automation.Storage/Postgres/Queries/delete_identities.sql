DELETE FROM identity USING unnest($1::text[], $2::text[], $3::bigint[]) AS link (type, value, contact)
WHERE identity.type = link.type AND identity.value = link.value AND identity.contact = link.contact
