INSERT INTO contact (id, state, next_due_at) VALUES (?1, ?2, ?3)
