-- In which stretches of the sequence a kind (1), a reason (2) or an actor (3) occurs, one row a commit: a handful of rows for hundreds
-- of facts, where an index on each column would take an entry for each fact.
CREATE TABLE mark (
  what INTEGER NOT NULL,
  name ANY NOT NULL,
  first_sequence INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  PRIMARY KEY (what, name, first_sequence)
) STRICT, WITHOUT ROWID;

INSERT INTO mark
SELECT 1, fact.kind, min(fact.sequence), max(fact.sequence)
FROM seal CROSS JOIN fact ON fact.sequence BETWEEN seal.first_sequence AND seal.last_sequence
GROUP BY fact.kind, seal.first_sequence;

INSERT INTO mark
SELECT 2, fact.reason, min(fact.sequence), max(fact.sequence)
FROM seal CROSS JOIN fact ON fact.sequence BETWEEN seal.first_sequence AND seal.last_sequence
WHERE fact.reason IS NOT NULL
GROUP BY fact.reason, seal.first_sequence;

INSERT INTO mark
SELECT 3, fact.actor, min(fact.sequence), max(fact.sequence)
FROM seal CROSS JOIN fact ON fact.sequence BETWEEN seal.first_sequence AND seal.last_sequence
WHERE fact.actor IS NOT NULL
GROUP BY fact.actor, seal.first_sequence;
