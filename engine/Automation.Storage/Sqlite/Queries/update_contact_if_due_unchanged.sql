-- Most events leave the deadline as it was; naming only the state spares the index of deadlines two writes.
UPDATE contact SET state = ?2 WHERE id = ?1 AND next_due_at IS ?3
