UPDATE contact_key SET wrapped = zeroblob(length(wrapped)) WHERE owner = ?1
