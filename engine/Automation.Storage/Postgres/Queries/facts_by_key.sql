-- Of each key the first few in the index, and of those the first of all: what is read grows with the keys and the page, not with the ledger.
SELECT fact.sequence, fact.at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details
FROM (
  SELECT hit.at, hit.sequence
  FROM (SELECT id FROM tally_key WHERE {key_filters}) AS key
  CROSS JOIN LATERAL (
    SELECT fact.at, fact.sequence FROM fact WHERE fact.tally = key.id AND {filters} ORDER BY {order} LIMIT {limit}
  ) AS hit
  ORDER BY {order_of_hits}
  LIMIT {limit}
) AS place
JOIN LATERAL (SELECT * FROM fact WHERE fact.sequence = place.sequence LIMIT 1) AS fact ON true
ORDER BY {order}
