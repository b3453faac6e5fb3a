DELETE FROM identity WHERE type = ?1 AND value = ?2 AND contact = ?3
