INSERT INTO trail (contact, first_sequence, last_sequence) VALUES (?1, ?2, ?3)
