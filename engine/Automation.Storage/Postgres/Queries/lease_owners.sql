SELECT partition, CASE WHEN expires_at > clock_timestamp() THEN owner END, epoch FROM partition_lease ORDER BY partition
