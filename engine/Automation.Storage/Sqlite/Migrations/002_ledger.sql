-- The sequence of events and facts: the partition above, the place in its order in the lower 44 bits.
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  contact INTEGER NOT NULL,
  message_id BLOB NOT NULL,
  type INTEGER NOT NULL,
  name ANY NOT NULL,
  occurred_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  details TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX event_message ON event (message_id);

CREATE TABLE fact (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  cause ANY NOT NULL,
  kind ANY NOT NULL,
  journey ANY,
  version INTEGER,
  ordinal INTEGER,
  step ANY,
  reason ANY,
  actor ANY,
  details TEXT NOT NULL
) STRICT;

CREATE INDEX fact_journey ON fact (journey, at) WHERE journey IS NOT NULL;

-- Which stretches of the sequence are about a contact. An event and the facts it caused stand side by side, so one row here
-- does the work of five entries in indexes by contact on both tables.
CREATE TABLE trail (
  contact INTEGER NOT NULL,
  first_sequence INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  PRIMARY KEY (contact, first_sequence)
) STRICT, WITHOUT ROWID;

-- One row a commit: docs/ledger.md says what the hash covers; checks has four bytes for each record, to name the broken one.
CREATE TABLE seal (
  first_sequence INTEGER PRIMARY KEY,
  last_sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  checks BLOB NOT NULL
) STRICT;
