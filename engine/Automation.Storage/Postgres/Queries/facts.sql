SELECT sequence, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details
FROM fact
WHERE {filters}
ORDER BY {order}
LIMIT {limit}
