SELECT message_id FROM event_key WHERE message_id = ANY ($1::uuid[])
