-- A process that stands still in the middle of a commit holds its locks until its session ends.
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = $1 AND usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
