SELECT
  max(
    coalesce((SELECT max(sequence) FROM event WHERE sequence BETWEEN ?1 AND ?2), 0),
    coalesce((SELECT max(sequence) FROM fact WHERE sequence BETWEEN ?1 AND ?2), 0),
    coalesce((SELECT max(last_sequence) FROM seal WHERE first_sequence BETWEEN ?1 AND ?2), 0)),
  (SELECT max(id) FROM contact),
  (SELECT hash FROM seal WHERE first_sequence BETWEEN ?1 AND ?2 ORDER BY first_sequence DESC LIMIT 1)
