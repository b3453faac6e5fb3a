-- 1 while it failed for good and was not replayed. What never fails never writes it, so it costs nothing to most.
ALTER TABLE message ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;

CREATE INDEX message_failed ON message (changed_at) WHERE failed = 1;

-- What waits for its account, without reading what waits for the others.
CREATE INDEX message_queued ON message (account) WHERE status = 0;
