DELETE FROM enrollment USING unnest($1::text[], $2::bigint[], $3::integer[]) AS ended (journey, contact, ordinal)
WHERE enrollment.journey = ended.journey AND enrollment.contact = ended.contact AND enrollment.ordinal = ended.ordinal
