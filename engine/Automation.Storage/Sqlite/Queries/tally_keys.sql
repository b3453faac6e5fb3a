SELECT id FROM tally_key
WHERE {filters}
LIMIT {limit}
