-- What names a stage's cache: another one since it was flushed, and of every stage that is made anew under an old name. The default is for
-- control planes that do not know it yet.

ALTER TABLE stages ADD COLUMN cache_epoch text NOT NULL DEFAULT '';
