UPDATE partition_lease SET owner = NULL WHERE owner = $1
