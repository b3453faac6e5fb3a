SELECT 1 FROM event WHERE message_id = ?1
