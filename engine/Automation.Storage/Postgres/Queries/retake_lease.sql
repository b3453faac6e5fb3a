UPDATE partition_lease SET epoch = epoch + 1, expires_at = clock_timestamp() + $2::interval WHERE owner = $1 AND partition = $3
RETURNING partition, epoch, owner
