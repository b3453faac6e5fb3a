INSERT OR IGNORE INTO contact_key (contact, owner, ring, wrapped) VALUES (?1, ?1, ?2, ?3)
