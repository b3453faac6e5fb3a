SELECT message.id, contact, attempt, journey, step, channel, message.account, is_call, address_type, address, content, send_before, claimed_at, template, coalesce(changed_at, queued_at)
FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place)
JOIN message_state ON message_state.id = asked.id JOIN message ON message.number = message_state.number
ORDER BY asked.place
