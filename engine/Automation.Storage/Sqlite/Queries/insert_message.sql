INSERT INTO message (
  id, contact, ordinal, journey, version, step, channel, account, template, is_call, status, attempt, queued_at, send_before,
  address_type, address, content)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 1, ?11, ?12, ?13, ?14, ?15)
