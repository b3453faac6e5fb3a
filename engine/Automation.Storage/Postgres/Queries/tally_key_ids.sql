SELECT id, kind, reason, journey, step, channel, account FROM tally_key
JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS asked (kind, reason, journey, step, channel, account)
  USING (kind, reason, journey, step, channel, account)
