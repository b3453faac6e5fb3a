-- look_at may be earlier than the deadline is: then the worker finds at its next look that nothing is due.
SELECT partition, due.next_due_at
FROM generate_series(0, $1 - 1) AS partition,
LATERAL (
  SELECT min(next_due_at) AS next_due_at FROM (
    SELECT next_due_at FROM contact WHERE id >> 44 = partition AND look_at IS NOT NULL AND look_at <= $2 ORDER BY look_at LIMIT 100) AS first
  WHERE next_due_at <= $2) AS due
WHERE due.next_due_at IS NOT NULL
ORDER BY partition
