SELECT contact, ring, wrapped FROM contact_key LIMIT 1
