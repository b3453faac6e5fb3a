SELECT reason, account, count(*) FROM message
WHERE failed = 1 AND changed_at >= ?1 AND changed_at < ?2
  AND (?3 IS NULL OR journey = ?3) AND (?4 IS NULL OR channel = ?4) AND (?5 IS NULL OR account = ?5) AND (?6 IS NULL OR template = ?6)
  AND (?7 IS NULL OR reason IN (SELECT coalesce(name.id, value) FROM json_each(?7) LEFT JOIN name ON name.text = value))
GROUP BY reason, account
