UPDATE definition SET state = $3 WHERE kind = $1 AND key = $2
