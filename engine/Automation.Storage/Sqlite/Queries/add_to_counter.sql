INSERT INTO counter (journey, version, step, name, value) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (journey, version, step, name) DO UPDATE SET value = value + excluded.value
