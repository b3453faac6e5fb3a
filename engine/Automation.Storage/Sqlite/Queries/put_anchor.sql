INSERT INTO ledger_anchor (partition, last_sequence, hash, dropped_before) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (partition) DO UPDATE SET
  last_sequence = excluded.last_sequence, hash = excluded.hash, dropped_before = excluded.dropped_before
WHERE excluded.last_sequence > ledger_anchor.last_sequence
