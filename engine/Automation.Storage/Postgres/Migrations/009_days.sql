-- What happened in a journey on each day of the workspace's calendar. Each partition counts for itself; readers add up.
CREATE TABLE journey_day (
  partition INTEGER NOT NULL,
  day DATE NOT NULL,
  journey TEXT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (partition, day, journey, name)
) WITH (fillfactor = 20);
