SELECT at, sequence FROM fact
WHERE {filters}
ORDER BY {order}
LIMIT {limit}
