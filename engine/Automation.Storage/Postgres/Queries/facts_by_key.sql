-- Of each key its first fact in the index. A page of so many facts is made of no more keys than that: those whose first facts come first. Of
-- these the first few, and of those the first of all. What is read grows with the keys and the page, and not with the ledger.
SELECT fact.sequence, fact.at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details
FROM (
  SELECT hit.at, hit.sequence
  FROM (
    SELECT known.id
    FROM (SELECT id FROM tally_key WHERE {key_filters}) AS known
    CROSS JOIN LATERAL (
      SELECT fact.at, fact.sequence FROM fact WHERE fact.tally = known.id AND {filters} ORDER BY {order} LIMIT 1
    ) AS hit
    ORDER BY {order_of_hits}
    LIMIT {limit}
  ) AS key
  CROSS JOIN LATERAL (
    SELECT fact.at, fact.sequence FROM fact WHERE fact.tally = key.id AND {filters} ORDER BY {order} LIMIT {limit}
  ) AS hit
  ORDER BY {order_of_hits}
  LIMIT {limit}
) AS place
JOIN LATERAL (SELECT * FROM fact WHERE fact.sequence = place.sequence LIMIT 1) AS fact ON true
ORDER BY {order}
