SELECT day - date '1970-01-01', journey, name, sum(value)::bigint FROM journey_day WHERE day >= date '1970-01-01' + $1::integer GROUP BY day, journey, name
