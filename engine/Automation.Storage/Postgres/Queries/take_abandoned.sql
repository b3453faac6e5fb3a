WITH abandoned AS MATERIALIZED (
  SELECT message_state.id FROM message_state
  WHERE status = 1 AND status IN (0, 1, 5) AND NOT EXISTS (
    SELECT FROM node WHERE node.id = message_state.dispatcher AND (node.id = $1 OR seen_at > clock_timestamp() - $2::interval))
  ORDER BY number LIMIT $3 FOR UPDATE SKIP LOCKED),
taken AS (
  UPDATE message_state SET dispatcher = $1 FROM abandoned WHERE message_state.id = abandoned.id
  RETURNING message_state.id, message_state.number, attempt, send_before, claimed_at, changed_at)
SELECT message.id, contact, attempt, journey, step, channel, message.account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at)
FROM taken JOIN message ON message.number = taken.number
ORDER BY taken.number
