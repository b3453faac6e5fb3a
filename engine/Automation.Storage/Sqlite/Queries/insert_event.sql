INSERT INTO event (sequence, contact, message_id, type, name, occurred_at, received_at, details)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
