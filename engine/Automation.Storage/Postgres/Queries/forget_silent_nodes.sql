-- Long silent and holding nothing: only their messages would still name them, and those count as abandoned all the same.
DELETE FROM node WHERE seen_at < clock_timestamp() - interval '1 hour'
