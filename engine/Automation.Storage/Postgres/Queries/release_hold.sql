UPDATE hold SET released_at = $3, released_by = $4, release_reason = $5 WHERE scope = $1 AND key = $2 AND released_at IS NULL
