SELECT EXISTS (SELECT FROM partition_lease WHERE owner IS NULL OR expires_at < clock_timestamp())
