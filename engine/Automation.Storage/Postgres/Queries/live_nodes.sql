SELECT id, role FROM node WHERE seen_at > clock_timestamp() - $1::interval ORDER BY id
