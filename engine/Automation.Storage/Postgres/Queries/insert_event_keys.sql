INSERT INTO event_key (message_id, committed_at) SELECT id, $2 FROM unnest($1::uuid[]) AS key (id)
