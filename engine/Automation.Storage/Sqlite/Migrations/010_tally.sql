-- Facts are counted, and found, by what they say: kind, reason, journey, step, channel and account, '' where there is none. The keys are
-- few; a fact's own stands in its row, outside of what seals cover, as it can be worked out again.
CREATE TABLE tally_key (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  journey TEXT NOT NULL,
  step TEXT NOT NULL,
  channel TEXT NOT NULL,
  account TEXT NOT NULL,
  UNIQUE (kind, reason, journey, step, channel, account)
) STRICT;

-- How often, in which hour since 1970.
CREATE TABLE tally (
  hour INTEGER NOT NULL,
  tally_key INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, tally_key)
) STRICT, WITHOUT ROWID;

ALTER TABLE fact ADD COLUMN tally INTEGER;

CREATE TEMP TABLE told AS
SELECT
  fact.sequence,
  coalesce(kind.text, fact.kind) AS kind,
  CASE
    WHEN fact.reason IS NULL THEN ''
    WHEN length(coalesce(reason.text, fact.reason)) > 64 OR coalesce(reason.text, fact.reason) GLOB '*[^a-z0-9_]*' THEN 'other'
    ELSE coalesce(reason.text, fact.reason)
  END AS reason,
  coalesce(journey.text, fact.journey, '') AS journey,
  coalesce(step.text, fact.step, '') AS step,
  CASE WHEN json_valid(fact.details) THEN coalesce(json_extract(fact.details, '$.channel'), '') ELSE '' END AS channel,
  CASE WHEN json_valid(fact.details) THEN coalesce(json_extract(fact.details, '$.account'), '') ELSE '' END AS account
FROM fact
LEFT JOIN name AS kind ON typeof(fact.kind) = 'integer' AND kind.id = fact.kind
LEFT JOIN name AS reason ON typeof(fact.reason) = 'integer' AND reason.id = fact.reason
LEFT JOIN name AS journey ON typeof(fact.journey) = 'integer' AND journey.id = fact.journey
LEFT JOIN name AS step ON typeof(fact.step) = 'integer' AND step.id = fact.step;

INSERT INTO tally_key (kind, reason, journey, step, channel, account)
SELECT DISTINCT kind, reason, journey, step, channel, account FROM told;

UPDATE fact SET tally = tally_key.id
FROM told JOIN tally_key USING (kind, reason, journey, step, channel, account)
WHERE told.sequence = fact.sequence;

DROP TABLE told;

INSERT INTO tally
SELECT at / 3600000, tally, count(*) FROM fact GROUP BY 1, 2;

-- Does the work of the index by journey and of the marks by kind and by reason; an actor's marks stay.
CREATE INDEX fact_tally ON fact (tally, at);
DROP INDEX fact_journey;
DELETE FROM mark WHERE what <> 3;
