-- The sequence of events and facts: the partition above, the place in its order in the lower 44 bits. committed_at is the time of the
-- commit, and never goes back within a partition: all records of a commit lie in one period, and periods are dropped whole.
CREATE TABLE event (
  sequence BIGINT NOT NULL,
  contact BIGINT NOT NULL,
  message_id UUID NOT NULL,
  type SMALLINT NOT NULL,
  name TEXT NOT NULL,
  occurred_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  details TEXT NOT NULL,
  committed_at BIGINT NOT NULL
) PARTITION BY RANGE (committed_at);

CREATE TABLE fact (
  sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  contact BIGINT NOT NULL,
  cause BYTEA NOT NULL,
  kind TEXT NOT NULL,
  journey TEXT,
  version INTEGER,
  ordinal INTEGER,
  step TEXT,
  reason TEXT,
  actor TEXT,
  details TEXT NOT NULL,
  committed_at BIGINT NOT NULL
) PARTITION BY RANGE (committed_at);

-- Message ids are unique over all periods, which no index on a partitioned table can say. Kept as long as their events are.
CREATE TABLE event_key (
  message_id UUID PRIMARY KEY,
  committed_at BIGINT NOT NULL
);

CREATE INDEX event_key_committed ON event_key USING brin (committed_at) WITH (autosummarize = on);

-- The periods there are, and the tables event_<name> and fact_<name> that hold them.
CREATE TABLE ledger_period (
  name TEXT PRIMARY KEY,
  starts_at BIGINT NOT NULL UNIQUE,
  ends_at BIGINT NOT NULL
);

-- One row a commit: docs/ledger.md says what the hash covers; checks has four bytes for each record, to name the broken one.
CREATE TABLE seal (
  first_sequence BIGINT PRIMARY KEY,
  last_sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  checks BYTEA NOT NULL
);

-- The last seal of what retention dropped: the chain is verified from there.
CREATE TABLE ledger_anchor (
  partition INTEGER PRIMARY KEY,
  last_sequence BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  dropped_before BIGINT NOT NULL
);
