UPDATE message_state SET failed = false WHERE id = ANY ($1::uuid[])
