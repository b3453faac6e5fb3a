UPDATE message SET address = ?3, content = ?4 WHERE number = ?1 AND content = ?2
