DELETE FROM enrollment WHERE journey = ?1 AND contact = ?2 AND ordinal = ?3
