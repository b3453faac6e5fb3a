-- Facts that were written by a program older than the counts: at the upgrade all there are, and while processes are replaced one by one
-- what the older ones still write.
CREATE TEMPORARY TABLE told ON COMMIT DROP AS
SELECT
  sequence, at, committed_at, kind,
  CASE WHEN reason IS NULL THEN '' WHEN reason ~ '^[a-z0-9_]{1,64}$' THEN reason ELSE 'other' END AS reason,
  coalesce(journey, '') AS journey, coalesce(step, '') AS step,
  coalesce(details::json ->> 'channel', '') AS channel, coalesce(details::json ->> 'account', '') AS account
FROM fact
WHERE tally IS NULL;

INSERT INTO tally_key (kind, reason, journey, step, channel, account)
SELECT DISTINCT kind, reason, journey, step, channel, account FROM told
ON CONFLICT DO NOTHING;

UPDATE fact SET tally = tally_key.id
FROM told JOIN tally_key USING (kind, reason, journey, step, channel, account)
WHERE fact.sequence = told.sequence AND fact.committed_at = told.committed_at;

INSERT INTO tally (hour, tally_key, partition, count)
SELECT floor(at / 3600000.0)::integer, id, (sequence >> 44)::integer, count(*)
FROM told JOIN tally_key USING (kind, reason, journey, step, channel, account)
GROUP BY 1, 2, 3
ON CONFLICT (hour, tally_key, partition) DO UPDATE SET count = tally.count + excluded.count;
