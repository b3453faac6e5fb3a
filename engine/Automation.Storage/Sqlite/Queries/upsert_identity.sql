INSERT INTO identity (type, value, contact) VALUES (?1, ?2, ?3)
ON CONFLICT (type, value) DO UPDATE SET contact = excluded.contact
