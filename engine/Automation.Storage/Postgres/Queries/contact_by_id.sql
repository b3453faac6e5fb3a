SELECT state FROM contact WHERE id = $1
