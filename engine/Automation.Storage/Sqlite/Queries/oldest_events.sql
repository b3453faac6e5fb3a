SELECT sequence, contact FROM event WHERE sequence >= ?1 AND sequence <= ?2 ORDER BY sequence LIMIT ?3
