-- The last seal of each partition before a time; nothing where a partition has none.
INSERT INTO ledger_anchor (partition, last_sequence, hash, dropped_before)
SELECT head.partition, last.last_sequence, last.hash, $1
FROM partition_head AS head
CROSS JOIN LATERAL (
  SELECT last_sequence, hash FROM seal
  WHERE first_sequence BETWEEN head.partition::bigint << 44 AND ((head.partition + 1)::bigint << 44) - 1 AND at < $1
  ORDER BY first_sequence DESC LIMIT 1) AS last
ON CONFLICT (partition) DO UPDATE SET
  last_sequence = excluded.last_sequence, hash = excluded.hash, dropped_before = excluded.dropped_before
WHERE excluded.last_sequence > ledger_anchor.last_sequence
