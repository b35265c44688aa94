CREATE TABLE email (
    id           INTEGER PRIMARY KEY,
    key          TEXT    NOT NULL UNIQUE,
    purpose      TEXT    NOT NULL,
    organisation TEXT,
    to_address   BLOB    NOT NULL,
    from_name    BLOB,
    from_address BLOB,
    reply_to     BLOB,
    subject      BLOB    NOT NULL,
    plain        BLOB    NOT NULL,
    html         BLOB,
    follows      INTEGER REFERENCES email (id),
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'expired', 'withheld')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER NOT NULL,
    wanted_at    INTEGER NOT NULL,
    why          TEXT,
    code         INTEGER,
    status       TEXT,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX email_due ON email (due_at) WHERE state = 'pending';

CREATE INDEX email_unsent ON email (state, id) WHERE state NOT IN ('sent', 'withheld');
