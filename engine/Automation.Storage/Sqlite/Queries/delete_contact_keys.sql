DELETE FROM contact_key WHERE owner = ?1
