-- What happened in a journey on each day of the workspace's calendar; the day is its number since 1970-01-01.
CREATE TABLE journey_day (
  day INTEGER NOT NULL,
  journey ANY NOT NULL,
  name ANY NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (day, journey, name)
) STRICT, WITHOUT ROWID;
