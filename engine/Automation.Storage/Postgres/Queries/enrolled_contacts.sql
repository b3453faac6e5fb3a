SELECT DISTINCT contact FROM enrollment
WHERE journey = $1 AND contact > $2 AND ($3::integer IS NULL OR version = $3) AND (NOT $4 OR held)
ORDER BY contact LIMIT $5
