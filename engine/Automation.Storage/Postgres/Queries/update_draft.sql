UPDATE definition SET draft = $3, revision = revision + 1, updated_at = $4, updated_by = $5
WHERE kind = $1 AND key = $2 AND revision = $6
