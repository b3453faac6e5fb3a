INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details, tally, committed_at)
SELECT *, $14 FROM unnest(
  $1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::integer[], $8::integer[], $9::text[], $10::text[],
  $11::text[], $12::text[], $13::integer[])
