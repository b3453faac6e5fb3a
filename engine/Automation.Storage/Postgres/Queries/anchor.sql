SELECT last_sequence, hash FROM ledger_anchor WHERE partition = $1
