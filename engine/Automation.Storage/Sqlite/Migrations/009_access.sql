-- Users, sessions, links that work once, counts of wrong guesses: what letting people in has to remember, and nothing of what they did.
CREATE TABLE access (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_owner ON access (kind, owner);
CREATE INDEX access_expiry ON access (expires_at) WHERE expires_at IS NOT NULL;
