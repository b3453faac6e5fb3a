SELECT tally_key, count FROM tally WHERE {filters} LIMIT {limit}
