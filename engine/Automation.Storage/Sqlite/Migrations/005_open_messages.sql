-- When the last attempt of a message began: vendors are asked by that day, and again and again by that age.
ALTER TABLE message ADD COLUMN claimed_at INTEGER;

-- 1 while it is sent and its receipt may still come. Accounts without receipts never write it, so they pay nothing for its index.
ALTER TABLE message ADD COLUMN awaits_receipt INTEGER NOT NULL DEFAULT 0;

CREATE INDEX message_awaiting ON message (account, claimed_at) WHERE awaits_receipt = 1;

-- A batch may share one vendor id; then the address tells its messages apart.
DROP INDEX message_vendor;

CREATE INDEX message_vendor ON message (vendor_id, address) WHERE vendor_id IS NOT NULL;
