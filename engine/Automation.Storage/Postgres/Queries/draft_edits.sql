SELECT actor, at FROM draft_edit WHERE journey = $1 ORDER BY at DESC, actor COLLATE "C"
