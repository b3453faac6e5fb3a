SELECT journey, version, step, name, value FROM counter WHERE ?1 IS NULL OR journey = ?1
