SELECT journey, version, step, name, sum(value)::bigint FROM counter WHERE $1::text IS NULL OR journey = $1 GROUP BY journey, version, step, name
