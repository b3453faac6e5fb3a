SELECT first_sequence, last_sequence, hash, checks, at, form FROM seal
WHERE first_sequence > ?1 AND first_sequence <= ?2 ORDER BY first_sequence LIMIT ?3
