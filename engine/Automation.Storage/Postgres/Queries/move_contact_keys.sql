UPDATE contact_key SET owner = $2 WHERE owner = $1
