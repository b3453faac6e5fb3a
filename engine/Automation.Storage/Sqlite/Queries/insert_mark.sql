INSERT INTO mark (what, name, first_sequence, last_sequence) VALUES (?1, ?2, ?3, ?4)
