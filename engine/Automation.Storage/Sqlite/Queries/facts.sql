SELECT
  fact.sequence, fact.at, fact.contact, fact.cause, fact.kind, fact.journey, fact.version, fact.ordinal, fact.step, fact.reason,
  fact.actor, fact.details
FROM {source}
WHERE {filters}
ORDER BY {order}
LIMIT {limit}
