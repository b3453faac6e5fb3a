SELECT id, kind, reason, journey, step, channel, account FROM tally_key
WHERE {filters}
LIMIT {limit}
