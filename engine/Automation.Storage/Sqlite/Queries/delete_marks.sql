DELETE FROM mark WHERE last_sequence <= ?1
