SELECT number, contact, address_type, address, content FROM message WHERE number > $1 ORDER BY number LIMIT $2
