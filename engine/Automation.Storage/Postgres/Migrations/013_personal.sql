-- A contact's own key, wrapped in one of a ring that lies outside the database. What is personal of the contact is encrypted under it, in
-- its state, in events, facts and messages; who deletes this row has erased all of that. The owner is who a merged contact became part of.
CREATE TABLE contact_key (
  contact BIGINT PRIMARY KEY,
  owner BIGINT NOT NULL,
  ring INTEGER NOT NULL,
  wrapped BYTEA NOT NULL
);

CREATE INDEX contact_key_owner ON contact_key (owner);
