INSERT INTO identity (type, value, contact) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
