INSERT INTO event (sequence, contact, message_id, type, name, occurred_at, received_at, details, committed_at)
SELECT *, $9 FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::smallint[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
