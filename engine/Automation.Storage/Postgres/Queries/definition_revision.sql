SELECT definition_revision FROM store
