-- A period that has nothing left is forgotten.
WITH left_over AS (
  UPDATE ledger_period SET has_events = $2, has_facts = $3, has_non_matches = $4 WHERE name = $1 AND ($2 OR $3))
DELETE FROM ledger_period WHERE name = $1 AND NOT ($2 OR $3)
