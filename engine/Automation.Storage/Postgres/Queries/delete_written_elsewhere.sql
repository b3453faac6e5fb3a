DELETE FROM written_elsewhere WHERE home = $1 AND number <= $2
