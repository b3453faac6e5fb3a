SELECT number, contact FROM written_elsewhere WHERE home = $1 AND number > $2 ORDER BY number LIMIT 10000
