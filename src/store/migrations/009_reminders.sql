ALTER TABLE complaint ADD COLUMN remind_at INTEGER;
ALTER TABLE complaint ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN reminded_of INTEGER NOT NULL DEFAULT 0;
UPDATE complaint SET remind_at = next_due, reminded_of = next_due WHERE status NOT IN ('resolved', 'closed');
CREATE INDEX complaint_to_remind ON complaint (county, remind_at, id) WHERE remind_at IS NOT NULL;
CREATE TABLE reminder (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    id           INTEGER NOT NULL,
    step         TEXT    NOT NULL CHECK (step IN ('first', 'second', 'escalated', 'committee')),
    due_at       INTEGER NOT NULL,
    holder       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    told_at      INTEGER,
    PRIMARY KEY (complaint_id, id),
    UNIQUE (complaint_id, due_at, holder, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_untold ON reminder (holder, id) WHERE told_at IS NULL;
