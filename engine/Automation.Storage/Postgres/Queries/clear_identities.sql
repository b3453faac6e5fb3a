SELECT value FROM identity WHERE type = $1 AND NOT starts_with(value, $2) LIMIT $3
