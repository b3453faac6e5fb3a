INSERT INTO enrollment (journey, contact, ordinal, version, step, status, held, since, wake_at)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::integer[], $5::text[], $6::smallint[], $7::boolean[], $8::bigint[], $9::bigint[])
ON CONFLICT (journey, contact, ordinal) DO UPDATE SET
  version = excluded.version, step = excluded.step, status = excluded.status, held = excluded.held,
  since = excluded.since, wake_at = excluded.wake_at
