UPDATE partition_lease SET expires_at = clock_timestamp() + $2::interval WHERE owner = $1 RETURNING partition, epoch
