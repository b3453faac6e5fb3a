-- The last request of each journey to be published, and what became of it: open (0), approved (1), rejected (2), withdrawn (3), void (4) or
-- published (5). What becomes of people on the way: they stay (0), move (1) or leave (2).
CREATE TABLE approval (
  journey TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  status INTEGER NOT NULL,
  hash TEXT NOT NULL,
  in_flight INTEGER NOT NULL,
  count_existing INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  comment TEXT NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decision TEXT,
  ended_by TEXT,
  ended_at INTEGER
) STRICT;

-- Who changed what a journey's draft says since it was last published.
CREATE TABLE draft_edit (
  journey TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (journey, actor)
) STRICT, WITHOUT ROWID;

-- Of drafts that are there already only the last editor is known here.
INSERT INTO draft_edit (journey, actor, at) SELECT key, updated_by, updated_at FROM definition WHERE kind = 'journey' AND draft IS NOT NULL;
