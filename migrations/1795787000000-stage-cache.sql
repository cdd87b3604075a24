-- What names a stage's cache: another one since it was flushed, and of every stage that is made anew under an old name.

ALTER TABLE stages ADD COLUMN cache_epoch text NOT NULL DEFAULT '';
ALTER TABLE stages ALTER COLUMN cache_epoch DROP DEFAULT;
