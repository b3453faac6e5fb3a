-- Outbox and history in one: a message is queued, then sending, then settled; its row stays.
CREATE TABLE message (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  contact INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  journey ANY NOT NULL,
  version INTEGER NOT NULL,
  step ANY NOT NULL,
  channel ANY NOT NULL,
  account ANY NOT NULL,
  template ANY NOT NULL,
  is_call INTEGER NOT NULL,
  status INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  changed_at INTEGER,
  send_before INTEGER,
  vendor_id TEXT,
  reason ANY,
  code TEXT,
  text TEXT,
  address_type ANY NOT NULL,
  address TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX message_id ON message (id);

-- Queued, sending and unknown: the ones somebody still has to do something about.
CREATE INDEX message_open ON message (status) WHERE status IN (0, 1, 5);

CREATE INDEX message_vendor ON message (vendor_id) WHERE vendor_id IS NOT NULL;

CREATE INDEX message_contact ON message (contact);
