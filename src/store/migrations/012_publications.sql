-- Months as outsiders are told of them, and an index for how long who had what.

CREATE TABLE publication (
    id       INTEGER PRIMARY KEY,
    county   TEXT    NOT NULL,
    month    TEXT    NOT NULL,
    taken_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    last_id  INTEGER NOT NULL,
    is_whole INTEGER NOT NULL DEFAULT 0 CHECK (is_whole IN (0, 1)),
    UNIQUE (county, month)
) STRICT;

CREATE TABLE published_complaint (
    publication_id   INTEGER NOT NULL REFERENCES publication (id),
    id               INTEGER NOT NULL REFERENCES complaint (id),
    place            TEXT,
    sector           TEXT,
    kind             TEXT,
    channel          TEXT    NOT NULL,
    language         TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    holder           TEXT    NOT NULL,
    closed_as        TEXT,
    gender           TEXT,
    age_group        TEXT,
    sensitive        INTEGER NOT NULL,
    opened_at        INTEGER NOT NULL,
    next_due         INTEGER NOT NULL,
    accept_due       INTEGER NOT NULL,
    first_action_due INTEGER NOT NULL,
    resolve_due      INTEGER NOT NULL,
    returns          INTEGER NOT NULL,
    reopens          INTEGER NOT NULL,
    referred_at      INTEGER,
    accepted_at      INTEGER,
    accepted_late    INTEGER,
    acted_at         INTEGER,
    acted_late       INTEGER,
    resolved_at      INTEGER,
    resolved_late    INTEGER,
    PRIMARY KEY (publication_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE published_hop (
    publication_id INTEGER NOT NULL REFERENCES publication (id),
    complaint_id   INTEGER NOT NULL REFERENCES complaint (id),
    referral_id    INTEGER NOT NULL,
    holder         TEXT    NOT NULL,
    held_from      INTEGER NOT NULL,
    held_until     INTEGER NOT NULL,
    PRIMARY KEY (publication_id, complaint_id, referral_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX referral_held ON referral (complaint_id, id, to_holder, at);
