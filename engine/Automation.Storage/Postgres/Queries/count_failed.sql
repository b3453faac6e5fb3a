SELECT reason, message_state.account, count(*) FROM message_state JOIN message ON message.number = message_state.number
WHERE failed AND changed_at >= $1 AND changed_at < $2
  AND ($3::text IS NULL OR journey = $3) AND ($4::text IS NULL OR channel = $4) AND ($5::text IS NULL OR message_state.account = $5)
  AND ($6::text IS NULL OR template = $6) AND (cardinality($7::text[]) = 0 OR reason = ANY ($7))
GROUP BY reason, message_state.account
