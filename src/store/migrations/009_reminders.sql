-- When who is reminded of what, which steps were taken, and up to which of them letters have told.

ALTER TABLE complaint ADD COLUMN remind_at INTEGER;
ALTER TABLE complaint ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN reminded_of INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN paused_at INTEGER;
UPDATE complaint SET remind_at = next_due, reminded_of = next_due WHERE status NOT IN ('resolved', 'closed');
CREATE INDEX complaint_to_remind ON complaint (county, remind_at, id) WHERE remind_at IS NOT NULL;
CREATE INDEX complaint_escalated ON complaint (county, next_due, id) WHERE reminders >= 3 AND status NOT IN ('resolved', 'closed');
CREATE INDEX complaint_referred ON complaint (holder, id) WHERE status = 'referred';

CREATE TABLE reminder (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    id           INTEGER NOT NULL,
    county       TEXT    NOT NULL,
    step         TEXT    NOT NULL CHECK (step IN ('first', 'second', 'escalated', 'committee')),
    due_at       INTEGER NOT NULL,
    holder       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (complaint_id, id),
    UNIQUE (complaint_id, due_at, holder, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_of_county ON reminder (county, id);
CREATE INDEX reminder_of_holder ON reminder (county, holder, id);

CREATE TABLE clock (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    seen_at    INTEGER NOT NULL,
    stopped_at INTEGER
) STRICT;

CREATE TABLE told (
    county       TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    of           TEXT    NOT NULL CHECK (of IN ('reminders', 'word', 'alone', 'referrals')),
    up_to        INTEGER NOT NULL,
    PRIMARY KEY (county, organisation, of)
) STRICT, WITHOUT ROWID;
