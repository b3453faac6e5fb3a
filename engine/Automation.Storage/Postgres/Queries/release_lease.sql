UPDATE partition_lease SET owner = NULL WHERE owner = $1 AND partition = $2 AND epoch = $3
