SELECT contact, ring, wrapped FROM contact_key WHERE contact > ?2 AND ring <> ?1 ORDER BY contact LIMIT ?3
