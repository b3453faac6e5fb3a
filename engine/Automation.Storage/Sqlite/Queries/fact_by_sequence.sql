SELECT sequence, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details FROM fact WHERE sequence = ?1
