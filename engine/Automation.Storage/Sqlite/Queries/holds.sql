SELECT scope, key, since, held_by, reason, released_at, released_by, release_reason FROM hold ORDER BY number DESC
