DELETE FROM access WHERE expires_at <= ?1
