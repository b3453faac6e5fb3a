DELETE FROM draft_edit WHERE journey = $1
