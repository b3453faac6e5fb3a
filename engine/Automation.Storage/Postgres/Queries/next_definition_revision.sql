-- First in its transaction: whoever changes a definition waits here for whoever changes another one.
UPDATE store SET definition_revision = definition_revision + 1
