-- Names that recur (journeys, steps, events, reasons, …) are written once and meant by number. A column of names holds the
-- number, or the text itself where a name is too long or too many are known already; hence the type ANY.
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- One row is one aggregate; next_due_at is the earliest of all its deadlines, in milliseconds since 1970.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  next_due_at INTEGER,
  state BLOB NOT NULL
) STRICT;

CREATE INDEX contact_due ON contact (next_due_at) WHERE next_due_at IS NOT NULL;

CREATE TABLE identity (
  type ANY NOT NULL,
  value TEXT NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (type, value)
) STRICT, WITHOUT ROWID;

-- Who stands where, for counts on the canvas and for commands to everybody in a journey. Kept by the difference of contacts.
CREATE TABLE enrollment (
  journey ANY NOT NULL,
  contact INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  version INTEGER NOT NULL,
  step ANY NOT NULL,
  status INTEGER NOT NULL,
  held INTEGER NOT NULL,
  since INTEGER NOT NULL,
  wake_at INTEGER,
  PRIMARY KEY (journey, contact, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
  journey ANY NOT NULL,
  version INTEGER NOT NULL,
  step ANY NOT NULL,
  name ANY NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (journey, version, step, name)
) STRICT, WITHOUT ROWID;
