-- What was to be sent, which never changes. Numbers count up in order of commits, give or take what commits at the same time.
CREATE SEQUENCE message_number;

CREATE TABLE message (
  number BIGINT PRIMARY KEY,
  id UUID NOT NULL,
  contact BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  journey TEXT NOT NULL,
  version INTEGER NOT NULL,
  step TEXT NOT NULL,
  channel TEXT NOT NULL,
  account TEXT NOT NULL,
  template TEXT NOT NULL,
  is_call BOOLEAN NOT NULL,
  queued_at BIGINT NOT NULL,
  address_type TEXT NOT NULL,
  address TEXT NOT NULL,
  content TEXT NOT NULL
);

CREATE INDEX message_contact ON message (contact, number);

-- What became of it: a narrow row, as it is written three times.
CREATE TABLE message_state (
  id UUID PRIMARY KEY,
  number BIGINT NOT NULL,
  account TEXT NOT NULL,
  status SMALLINT NOT NULL,
  attempt INTEGER NOT NULL,
  claimed_at BIGINT,
  changed_at BIGINT,
  send_before BIGINT,
  vendor_id TEXT,
  reason TEXT,
  code TEXT,
  text TEXT,
  awaits_receipt BOOLEAN NOT NULL DEFAULT false,
  dispatcher TEXT
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- Queued, sending and unknown: the ones somebody still has to do something about.
CREATE INDEX message_open ON message_state (status, number) WHERE status IN (0, 1, 5);

CREATE INDEX message_awaiting ON message_state (account, claimed_at, number) WHERE awaits_receipt;

CREATE INDEX message_vendor ON message_state (vendor_id) WHERE vendor_id IS NOT NULL;
