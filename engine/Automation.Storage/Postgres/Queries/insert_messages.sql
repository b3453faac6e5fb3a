WITH new AS MATERIALIZED (
  SELECT nextval('message_number') AS number, * FROM unnest(
    $1::uuid[], $2::bigint[], $3::integer[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[],
    $11::bigint[], $12::bigint[], $13::text[], $14::text[], $15::text[]) AS message (
    id, contact, ordinal, journey, version, step, channel, account, template, is_call, queued_at, send_before, address_type, address, content)),
written AS (
  INSERT INTO message (
    number, id, contact, ordinal, journey, version, step, channel, account, template, is_call, queued_at, address_type, address, content)
  SELECT
    number, id, contact, ordinal, journey, version, step, channel, account, template, is_call, queued_at, address_type, address, content
  FROM new)
INSERT INTO message_state (id, number, account, status, attempt, send_before) SELECT id, number, account, 0, 1, send_before FROM new
