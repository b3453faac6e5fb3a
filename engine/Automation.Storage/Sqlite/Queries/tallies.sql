SELECT tally_key.kind, tally_key.reason, tally_key.journey, tally_key.step, tally_key.channel, tally_key.account, sum(tally.count)
FROM tally JOIN tally_key ON tally_key.id = tally.tally_key
WHERE {filters}
GROUP BY tally.tally_key
LIMIT {limit}
