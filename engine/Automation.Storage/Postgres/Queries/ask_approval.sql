INSERT INTO approval (journey, number, status, hash, in_flight, count_existing, asked_by, asked_at, comment)
SELECT $1, $2, 0, $3, $4, $5, $6, $7, $8 FROM definition
WHERE kind = 'journey' AND key = $1 AND revision = $9 AND $2 = 1 + coalesce((SELECT number FROM approval WHERE journey = $1), 0)
ON CONFLICT (journey) DO UPDATE SET
  number = excluded.number, status = 0, hash = excluded.hash, in_flight = excluded.in_flight, count_existing = excluded.count_existing,
  asked_by = excluded.asked_by, asked_at = excluded.asked_at, comment = excluded.comment,
  decided_by = NULL, decided_at = NULL, decision = NULL, ended_by = NULL, ended_at = NULL
WHERE approval.status NOT IN (0, 1)
