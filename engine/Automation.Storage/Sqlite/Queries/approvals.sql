SELECT
  journey, number, status, hash, in_flight, count_existing, asked_by, asked_at, comment, decided_by, decided_at, decision, ended_by, ended_at
FROM approval WHERE ?1 IS NULL OR journey = ?1 ORDER BY journey
