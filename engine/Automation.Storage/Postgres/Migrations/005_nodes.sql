-- Processes that live, by this server's clock: theirs may differ.
CREATE TABLE node (
  id TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL
);

-- Who decides a partition. The epoch counts owners; partition_head has the same one, which fences commits of an earlier owner.
CREATE TABLE partition_lease (
  partition INTEGER PRIMARY KEY,
  owner TEXT,
  epoch BIGINT NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);
