SELECT contact.id, contact.revision, contact.state
FROM unnest($1::bigint[], $2::bigint[]) AS known (id, revision) JOIN contact ON contact.id = known.id AND contact.revision > known.revision
