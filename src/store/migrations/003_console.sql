-- People, and what they do with complaints: what each is stands in schema.sql.

CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    email        TEXT    NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    role         TEXT    NOT NULL CHECK (role IN ('administrator', 'convener', 'officer', 'committee')),
    scope        TEXT    NOT NULL,
    language     TEXT,
    password     TEXT,
    totp         BLOB,
    totp_step    INTEGER NOT NULL DEFAULT 0,
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    made_at      INTEGER NOT NULL,
    left_at      INTEGER
) STRICT;

CREATE TABLE invitation (
    token      BLOB    NOT NULL PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id),
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token     BLOB    NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    made_at   INTEGER NOT NULL,
    seen_at   INTEGER NOT NULL,
    proven_at INTEGER,
    ended_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX session_of_person ON session (person_id);

ALTER TABLE complaint ADD COLUMN next_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN status_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN closed_as TEXT;
UPDATE complaint SET next_due = accept_due, status_since = held_since;

CREATE INDEX complaint_of_holder ON complaint (holder, next_due, id, status) WHERE status <> 'closed';
CREATE INDEX complaint_of_county ON complaint (county, next_due, id, status) WHERE status <> 'closed';
CREATE INDEX complaint_closed ON complaint (holder, next_due, id) WHERE status = 'closed';
CREATE INDEX complaint_closed_of_county ON complaint (county, next_due, id) WHERE status = 'closed';
CREATE INDEX complaint_disputed ON complaint (county, next_due, id) WHERE returns >= 2 AND status <> 'closed';
CREATE INDEX complaint_sensitive ON complaint (county, next_due, id) WHERE sensitive = 1 AND status <> 'closed';
CREATE INDEX complaint_standing ON complaint (county, holder, status);

CREATE TABLE accused (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    organisation TEXT    NOT NULL,
    PRIMARY KEY (complaint_id, organisation)
) STRICT, WITHOUT ROWID;

CREATE INDEX accused_organisation ON accused (organisation);

INSERT INTO accused (complaint_id, organisation)
SELECT DISTINCT complaint_id, value FROM referral, json_each(referral.reason, '$.against');

ALTER TABLE event ADD COLUMN person_id INTEGER REFERENCES person (id);
ALTER TABLE event ADD COLUMN organisation TEXT;
ALTER TABLE event ADD COLUMN words BLOB;
ALTER TABLE event ADD COLUMN detail TEXT;

ALTER TABLE referral ADD COLUMN person_id INTEGER REFERENCES person (id);
ALTER TABLE referral ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));
ALTER TABLE referral ADD COLUMN words BLOB;

CREATE INDEX referral_of_organisation ON referral (to_holder, complaint_id);

ALTER TABLE outbox ADD COLUMN notice INTEGER NOT NULL DEFAULT 0 CHECK (notice IN (0, 1));
CREATE INDEX outbox_of_complaint ON outbox (complaint_id, id);
