INSERT INTO journey_day (day, journey, name, value) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (day, journey, name) DO UPDATE SET value = value + excluded.value
