DELETE FROM definition WHERE kind = $1 AND key = $2
