-- Seals of form 2 cover the time of their commit too; those that are there cover what they always did.
ALTER TABLE seal ADD COLUMN form SMALLINT NOT NULL DEFAULT 1;
