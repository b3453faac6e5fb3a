SELECT name, ends_at, has_events, has_facts, has_non_matches FROM ledger_period ORDER BY ends_at
