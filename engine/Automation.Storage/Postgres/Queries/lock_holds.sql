-- Waits for claims under way, and keeps new ones waiting, until this transaction is over. The other half is share_holds.
SELECT pg_advisory_xact_lock(4707761655030498387)
