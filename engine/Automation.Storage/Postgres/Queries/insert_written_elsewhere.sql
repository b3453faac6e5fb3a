-- The home is in the upper bits of the id.
INSERT INTO written_elsewhere (home, contact) SELECT (id >> 44)::integer, id FROM unnest($1::bigint[]) AS away (id)
