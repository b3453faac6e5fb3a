INSERT INTO enrollment (journey, contact, ordinal, version, step, status, held, since, wake_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (journey, contact, ordinal) DO UPDATE SET
  version = excluded.version, step = excluded.step, status = excluded.status, held = excluded.held,
  since = excluded.since, wake_at = excluded.wake_at
