INSERT INTO counter (partition, journey, version, step, name, value)
SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::text[], $5::text[], $6::bigint[])
ON CONFLICT (partition, journey, version, step, name) DO UPDATE SET value = counter.value + excluded.value
