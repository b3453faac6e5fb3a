-- True while it failed for good and was not replayed. What never fails never writes it, so it costs nothing to most.
ALTER TABLE message_state ADD COLUMN failed BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX message_failed ON message_state (changed_at, number) WHERE failed;

-- What waits for its account, without reading what waits for the others.
CREATE INDEX message_queued ON message_state (account, number) WHERE status = 0;
