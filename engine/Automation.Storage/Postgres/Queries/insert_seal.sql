INSERT INTO seal (first_sequence, last_sequence, at, revision, hash, checks, form) VALUES ($1, $2, $3, $4, $5, $6, 2)
