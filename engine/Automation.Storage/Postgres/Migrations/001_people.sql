-- One row: what the whole store was made with.
CREATE TABLE store (
  only_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_row),
  partitions INTEGER NOT NULL CHECK (partitions BETWEEN 1 AND 256),
  definition_revision BIGINT NOT NULL DEFAULT 0
);

-- Where each partition stands. A commit updates its row under its owner's epoch, and so finds out whether it still owns it.
-- Much room in the page: the row is written with every commit, and stays where it is.
CREATE TABLE partition_head (
  partition INTEGER PRIMARY KEY,
  epoch BIGINT NOT NULL,
  next_sequence BIGINT NOT NULL,
  next_contact BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  last_commit UUID NOT NULL,
  last_seal BYTEA NOT NULL,
  last_at BIGINT NOT NULL
) WITH (fillfactor = 10);

-- One row is one aggregate. next_due_at is the earliest of all its deadlines, in milliseconds since 1970, and exact; look_at is
-- indexed and never later. A deadline that moves back leaves look_at alone, so that the row is updated without touching an index;
-- whoever looks for due contacts moves it on then.
CREATE TABLE contact (
  id BIGINT PRIMARY KEY,
  revision BIGINT NOT NULL,
  next_due_at BIGINT,
  look_at BIGINT,
  state BYTEA NOT NULL
) WITH (fillfactor = 70, toast_tuple_target = 4080, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.5);

-- A state is packed already.
ALTER TABLE contact ALTER COLUMN state SET STORAGE EXTERNAL;

-- The partition is in the upper bits of the id.
CREATE INDEX contact_look ON contact ((id >> 44), look_at) WHERE look_at IS NOT NULL;

CREATE TABLE identity (
  type TEXT NOT NULL,
  value TEXT NOT NULL,
  contact BIGINT NOT NULL,
  PRIMARY KEY (value, type)
);

-- Who stands where, for counts on the canvas and for commands to everybody in a journey. Kept by the difference of contacts.
CREATE TABLE enrollment (
  journey TEXT NOT NULL,
  contact BIGINT NOT NULL,
  ordinal INTEGER NOT NULL,
  version INTEGER NOT NULL,
  step TEXT NOT NULL,
  status SMALLINT NOT NULL,
  held BOOLEAN NOT NULL,
  since BIGINT NOT NULL,
  wake_at BIGINT,
  PRIMARY KEY (journey, contact, ordinal)
) WITH (fillfactor = 80);

-- Each partition counts for itself, so that commits of different partitions never wait for one another; readers add up.
CREATE TABLE counter (
  partition INTEGER NOT NULL,
  journey TEXT NOT NULL,
  version INTEGER NOT NULL,
  step TEXT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (partition, journey, version, step, name)
) WITH (fillfactor = 20);

-- Refuses the transaction where a statement met other rows than the batch was decided on.
CREATE FUNCTION expect_rows(met BIGINT, expected BIGINT, what TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  IF met <> expected THEN
    RAISE EXCEPTION 'Expected % rows of %, but found %.', expected, what, met USING ERRCODE = 'AU409';
  END IF;
END $$;

-- Goes on from the commit before, under the owner's epoch, or refuses the transaction.
CREATE FUNCTION advance_partition(
  which INTEGER, owned_epoch BIGINT, commit_before UUID, this_commit UUID, sequence_after BIGINT, contact_after BIGINT, revision_after BIGINT,
  seal BYTEA, at BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  UPDATE partition_head SET
    next_sequence = greatest(next_sequence, sequence_after), next_contact = greatest(next_contact, contact_after),
    revision = revision_after, last_commit = this_commit, last_seal = seal, last_at = at
  WHERE partition = which AND epoch = owned_epoch AND last_commit = commit_before;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Expected partition % under epoch % and after commit %, but it is not.', which, owned_epoch, commit_before USING ERRCODE = 'AU410';
  END IF;
END $$;
