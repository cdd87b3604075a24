-- What names the decisions of a stage's authorizers: another one since they were flushed, and of every stage that is made anew under an old name. The default is for
-- control planes that do not know it yet.

ALTER TABLE stages ADD COLUMN decisions_epoch text NOT NULL DEFAULT '';
