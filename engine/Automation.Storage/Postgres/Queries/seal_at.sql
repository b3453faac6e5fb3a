SELECT first_sequence, last_sequence, at, hash FROM seal
WHERE first_sequence <= $1 AND first_sequence >= $2 ORDER BY first_sequence DESC LIMIT 1
