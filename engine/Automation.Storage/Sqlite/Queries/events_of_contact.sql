SELECT event.sequence, event.contact, message_id, type, name, occurred_at, received_at, details
FROM trail CROSS JOIN event ON event.sequence BETWEEN trail.first_sequence AND trail.last_sequence AND event.contact = trail.contact
WHERE trail.contact = ?1
ORDER BY trail.first_sequence DESC, event.sequence DESC
LIMIT ?2
