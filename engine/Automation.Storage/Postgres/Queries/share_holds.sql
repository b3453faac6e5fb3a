-- Before claims, in their transaction: a hold waits for those that did not see it, and those that come after it wait for the hold.
SELECT pg_advisory_xact_lock_shared(4707761655030498387)
