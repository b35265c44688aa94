-- The first release, as it was: what each table and column is stands in schema.sql.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE phone (
    id         INTEGER PRIMARY KEY,
    lookup     BLOB NOT NULL UNIQUE,
    address    BLOB NOT NULL,
    language   TEXT,
    stopped_at INTEGER
) STRICT;

CREATE TABLE complaint (
    id               INTEGER PRIMARY KEY,
    number           INTEGER NOT NULL UNIQUE,
    phone_id         INTEGER REFERENCES phone (id),
    channel          TEXT    NOT NULL,
    county           TEXT    NOT NULL,
    place            TEXT,
    sector           TEXT,
    kind             TEXT,
    priority         TEXT    NOT NULL,
    sensitive        INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
    language         TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    holder           TEXT    NOT NULL,
    held_since       INTEGER NOT NULL,
    accept_due       INTEGER NOT NULL,
    first_action_due INTEGER NOT NULL,
    resolve_due      INTEGER NOT NULL,
    opened_at        INTEGER NOT NULL
) STRICT;

CREATE INDEX complaint_of_phone ON complaint (phone_id, id);

CREATE TABLE message (
    id           INTEGER PRIMARY KEY,
    sid          TEXT    NOT NULL UNIQUE,
    digest       BLOB    NOT NULL,
    phone_id     INTEGER NOT NULL REFERENCES phone (id),
    line         TEXT    NOT NULL,
    words        BLOB    NOT NULL,
    media        BLOB,
    received_at  INTEGER NOT NULL,
    outcome      TEXT    NOT NULL,
    complaint_id INTEGER REFERENCES complaint (id),
    silence      TEXT
) STRICT;

CREATE TABLE event (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    id           INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    actor        TEXT    NOT NULL,
    message_id   INTEGER REFERENCES message (id),
    PRIMARY KEY (complaint_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END;

CREATE TABLE referral (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    id           INTEGER NOT NULL,
    from_holder  TEXT,
    to_holder    TEXT    NOT NULL,
    actor        TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (complaint_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER referral_is_never_changed BEFORE UPDATE ON referral
BEGIN SELECT RAISE (ABORT, 'the ledger of referrals is append-only'); END;

CREATE TRIGGER referral_is_never_removed BEFORE DELETE ON referral
BEGIN SELECT RAISE (ABORT, 'the ledger of referrals is append-only'); END;

CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY,
    phone_id     INTEGER NOT NULL REFERENCES phone (id),
    line         TEXT    NOT NULL,
    message_id   INTEGER REFERENCES message (id),
    complaint_id INTEGER REFERENCES complaint (id),
    retry_of     INTEGER REFERENCES outbox (id),
    words        BLOB    NOT NULL,
    segments     INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'sent', 'delivered', 'failed', 'uncertain', 'expired', 'withheld')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER NOT NULL,
    sid          TEXT,
    delivery     TEXT,
    code         INTEGER,
    why          TEXT,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'pending';

CREATE INDEX outbox_trouble ON outbox (state, id) WHERE state IN ('sending', 'uncertain', 'failed', 'expired');

CREATE INDEX outbox_of_phone ON outbox (phone_id, id);

CREATE UNIQUE INDEX outbox_by_sid ON outbox (sid) WHERE sid IS NOT NULL;

CREATE TABLE tally (
    span     TEXT    NOT NULL CHECK (span IN ('minute', 'day')),
    start    INTEGER NOT NULL,
    replies  INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    PRIMARY KEY (span, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm (
    kind     TEXT    NOT NULL PRIMARY KEY,
    times    INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
