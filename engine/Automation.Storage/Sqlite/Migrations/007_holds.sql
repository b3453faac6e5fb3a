-- What people hold back: everything (0), a channel (1), an account (2), a template (3) or a journey (4). A released one stays: whoever
-- waited under it is decided anew.
CREATE TABLE hold (
  number INTEGER PRIMARY KEY,
  scope INTEGER NOT NULL,
  key TEXT NOT NULL,
  since INTEGER NOT NULL,
  held_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  released_at INTEGER,
  released_by TEXT,
  release_reason TEXT
) STRICT;

CREATE UNIQUE INDEX hold_in_force ON hold (scope, key) WHERE released_at IS NULL;
