INSERT INTO draft_edit (journey, actor, at) VALUES ($1, $2, $3) ON CONFLICT (journey, actor) DO UPDATE SET at = excluded.at
