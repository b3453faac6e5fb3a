CREATE TABLE definition (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  draft TEXT,
  revision INTEGER NOT NULL,
  published_version INTEGER NOT NULL,
  state TEXT,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (kind, key)
);

CREATE TABLE definition_version (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  document TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (kind, key, version)
);
