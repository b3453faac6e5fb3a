DELETE FROM event WHERE sequence >= ?1 AND sequence <= ?2
