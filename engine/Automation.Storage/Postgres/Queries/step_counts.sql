SELECT version, step, status, held, count(*) FROM enrollment WHERE journey = $1
GROUP BY version, step, status, held
