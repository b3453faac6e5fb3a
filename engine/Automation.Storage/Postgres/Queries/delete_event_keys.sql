DELETE FROM event_key WHERE ctid = ANY (ARRAY (SELECT ctid FROM event_key WHERE committed_at < $1 LIMIT $2))
