-- A letter has a sender; of those that are there nobody knows it.
ALTER TABLE letters RENAME COLUMN body TO text;
ALTER TABLE letters ADD COLUMN sender TEXT NOT NULL DEFAULT 'unknown';
CREATE INDEX letters_by_sender ON letters (world, sender);
