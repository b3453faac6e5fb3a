SELECT asked.place, contact.id, contact.revision, contact.state
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (type, value, place)
JOIN identity ON identity.value = asked.value AND identity.type = asked.type
JOIN contact ON contact.id = identity.contact
