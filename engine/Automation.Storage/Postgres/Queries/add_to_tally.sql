INSERT INTO tally (hour, tally_key, partition, count)
SELECT hour, tally_key, $1, count FROM unnest($2::integer[], $3::integer[], $4::bigint[]) AS more (hour, tally_key, count)
ON CONFLICT (hour, tally_key, partition) DO UPDATE SET count = tally.count + excluded.count
