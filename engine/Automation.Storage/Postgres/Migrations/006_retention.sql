-- What a period still has: events, facts, and facts of rules that did not match may be kept for times of their own.
ALTER TABLE ledger_period
  ADD COLUMN has_events BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN has_facts BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN has_non_matches BOOLEAN NOT NULL DEFAULT true;
