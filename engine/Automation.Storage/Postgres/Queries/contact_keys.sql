SELECT contact, ring, wrapped FROM contact_key WHERE contact = ANY($1)
