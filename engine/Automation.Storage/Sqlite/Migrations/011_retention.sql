-- The last seal of what retention dropped: the chain is verified from there.
CREATE TABLE ledger_anchor (
  partition INTEGER PRIMARY KEY,
  last_sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  dropped_before INTEGER NOT NULL
) STRICT;

-- Seals of form 2 cover the time of their commit too; those that are there cover what they always did.
ALTER TABLE seal ADD COLUMN form INTEGER NOT NULL DEFAULT 1;

-- A stretch of time, where nothing else is asked for. Facts come in the order of their times, so it grows at its end.
CREATE INDEX fact_at ON fact (at);
