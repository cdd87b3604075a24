-- What names the decisions of a stage's authorizers: another one since they were flushed, and of every stage that is made anew under an old name.

ALTER TABLE stages ADD COLUMN decisions_epoch text NOT NULL DEFAULT '';
ALTER TABLE stages ALTER COLUMN decisions_epoch DROP DEFAULT;
