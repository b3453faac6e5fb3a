DELETE FROM fact WHERE sequence IN (
  SELECT sequence FROM fact WHERE tally = ?1 AND at < ?2 AND sequence <= ?3 LIMIT ?4)
