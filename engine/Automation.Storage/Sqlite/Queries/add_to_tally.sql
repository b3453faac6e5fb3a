INSERT INTO tally (hour, tally_key, count) VALUES (?1, ?2, ?3)
ON CONFLICT (hour, tally_key) DO UPDATE SET count = count + excluded.count
