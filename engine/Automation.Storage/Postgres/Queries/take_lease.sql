-- The old owner comes back too, for its sessions are ended when it did not give the partition back itself.
WITH free AS MATERIALIZED (
  SELECT partition, owner FROM partition_lease
  WHERE owner IS NULL OR expires_at < clock_timestamp()
  ORDER BY owner IS NULL DESC, expires_at, partition LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE partition_lease SET owner = $1, epoch = epoch + 1, expires_at = clock_timestamp() + $2::interval
FROM free WHERE partition_lease.partition = free.partition
RETURNING partition_lease.partition, epoch, free.owner
