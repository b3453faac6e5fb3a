UPDATE partition_head SET epoch = $2 WHERE partition = $1
