DELETE FROM contact_key WHERE owner = ANY($1)
