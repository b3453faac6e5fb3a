INSERT INTO seal (first_sequence, last_sequence, at, hash, checks, form) VALUES (?1, ?2, ?3, ?4, ?5, 2)
