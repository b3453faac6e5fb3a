-- The table is that of one period.
DELETE FROM fact_period WHERE ctid = ANY (ARRAY (
  SELECT ctid FROM fact_period WHERE kind = 'not_enrolled' AND reason = ANY ($1) LIMIT $2))
