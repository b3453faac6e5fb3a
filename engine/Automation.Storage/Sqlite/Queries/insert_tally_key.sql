INSERT INTO tally_key (id, kind, reason, journey, step, channel, account) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
