INSERT INTO journey_day (partition, day, journey, name, value)
SELECT $1, date '1970-01-01' + day, journey, name, value
FROM unnest($2::integer[], $3::text[], $4::text[], $5::bigint[]) AS added (day, journey, name, value)
ON CONFLICT (partition, day, journey, name) DO UPDATE SET value = journey_day.value + excluded.value
