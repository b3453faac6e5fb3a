DELETE FROM access WHERE kind = $1 AND id = $2
