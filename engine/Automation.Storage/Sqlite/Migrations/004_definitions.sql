CREATE TABLE definition (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  draft TEXT,
  revision INTEGER NOT NULL,
  published_version INTEGER NOT NULL,
  state TEXT,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE definition_version (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  document TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (kind, key, version)
) STRICT;
