SELECT contact, ring, wrapped FROM contact_key WHERE contact = ?1
