SELECT contact FROM identity WHERE type = $1 AND value = $2
