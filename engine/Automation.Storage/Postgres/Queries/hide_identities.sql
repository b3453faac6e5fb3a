UPDATE identity SET value = anew.hidden
FROM unnest($2::text[], $3::text[]) AS anew (clear, hidden)
WHERE identity.type = $1 AND identity.value = anew.clear
