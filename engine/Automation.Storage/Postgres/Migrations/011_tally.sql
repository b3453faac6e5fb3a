-- Facts are counted, and found, by what they say: kind, reason, journey, step, channel and account, '' where there is none. The keys are
-- few; a fact's own stands in its row, outside of what seals cover, as it can be worked out again.
CREATE TABLE tally_key (
  id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  journey TEXT NOT NULL,
  step TEXT NOT NULL,
  channel TEXT NOT NULL,
  account TEXT NOT NULL,
  UNIQUE (kind, reason, journey, step, channel, account)
);

-- How often, in which hour since 1970. Each partition counts in rows of its own, so that none waits for another.
CREATE TABLE tally (
  hour INTEGER NOT NULL,
  tally_key INTEGER NOT NULL,
  partition INTEGER NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (hour, tally_key, partition)
) WITH (fillfactor = 50);

ALTER TABLE fact ADD COLUMN tally INTEGER;

-- Does the work of the index by journey. People act seldom, so finding what one did costs next to nothing.
DO $$
DECLARE period TEXT;
BEGIN
  FOR period IN SELECT name FROM ledger_period WHERE has_facts LOOP
    EXECUTE format('DROP INDEX IF EXISTS fact_%s_journey', period);
    EXECUTE format('CREATE INDEX fact_%s_tally ON fact_%s (tally, at, sequence)', period, period);
    EXECUTE format('CREATE INDEX fact_%s_actor ON fact_%s (actor, at, sequence) WHERE actor IS NOT NULL', period, period);
  END LOOP;
END $$;

