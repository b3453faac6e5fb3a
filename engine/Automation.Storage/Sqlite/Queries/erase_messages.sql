UPDATE message SET address = '', content = '{}', code = NULL, text = NULL
WHERE contact = ?1 OR contact IN (SELECT contact FROM contact_key WHERE owner = ?1)
