DELETE FROM trail WHERE contact = ?1 AND last_sequence <= ?2
