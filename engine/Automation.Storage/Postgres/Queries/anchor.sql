-- With the seal that was kept of it: the two must be the same.
SELECT ledger_anchor.last_sequence, ledger_anchor.hash, seal.hash, ledger_anchor.dropped_before
FROM ledger_anchor LEFT JOIN seal ON seal.last_sequence = ledger_anchor.last_sequence AND seal.first_sequence > (ledger_anchor.partition::bigint << 44)
WHERE partition = $1
