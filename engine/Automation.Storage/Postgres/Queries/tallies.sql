SELECT tally_key.kind, tally_key.reason, tally_key.journey, tally_key.step, tally_key.channel, tally_key.account, summed.count::bigint
FROM (SELECT tally_key, sum(count) AS count FROM tally WHERE {hours} GROUP BY tally_key) AS summed
JOIN tally_key ON tally_key.id = summed.tally_key
WHERE {filters}
