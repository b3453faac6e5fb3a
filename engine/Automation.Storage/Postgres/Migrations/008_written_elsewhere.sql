-- What partitions wrote of contacts that are at home in another one, so that its owner need not ask for each contact whether it is as it
-- left it. Only a hint: commits appear out of the order of their numbers, and whatever it misses the commit finds out.
CREATE TABLE written_elsewhere (
  home INTEGER NOT NULL,
  number BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
  contact BIGINT NOT NULL,
  PRIMARY KEY (home, number)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
