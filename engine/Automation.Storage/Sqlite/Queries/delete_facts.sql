DELETE FROM fact WHERE sequence >= ?1 AND sequence <= ?2
