-- With the seal that was kept of it: the two must be the same.
SELECT ledger_anchor.last_sequence, ledger_anchor.hash, seal.hash, ledger_anchor.dropped_before
FROM ledger_anchor LEFT JOIN seal ON seal.first_sequence = (
  SELECT max(first_sequence) FROM seal WHERE first_sequence BETWEEN ?2 AND ledger_anchor.last_sequence) AND seal.last_sequence = ledger_anchor.last_sequence
WHERE partition = ?1
