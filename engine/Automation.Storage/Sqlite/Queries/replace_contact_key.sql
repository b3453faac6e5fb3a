UPDATE contact_key SET ring = ?2, wrapped = ?3 WHERE contact = ?1
