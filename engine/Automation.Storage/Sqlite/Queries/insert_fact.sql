INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details, tally)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
