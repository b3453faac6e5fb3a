-- Waits for a commit of ours that may still be under way after its connection broke.
SELECT epoch, next_sequence, next_contact, revision, last_commit, last_seal, last_at FROM partition_head WHERE partition = $1 FOR UPDATE
