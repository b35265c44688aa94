-- What a conversation rests on: which complaint it is about, what can be turned, who the person is, which language they chose;
-- and how many texts come and go.

ALTER TABLE phone ADD COLUMN language_chosen INTEGER NOT NULL DEFAULT 0 CHECK (language_chosen IN (0, 1));
ALTER TABLE phone ADD COLUMN about INTEGER REFERENCES complaint (id);
ALTER TABLE phone ADD COLUMN about_at INTEGER;
ALTER TABLE phone ADD COLUMN about_full INTEGER NOT NULL DEFAULT 0 CHECK (about_full IN (0, 1));

ALTER TABLE complaint ADD COLUMN gender TEXT CHECK (gender IN ('woman', 'man', 'other'));
ALTER TABLE complaint ADD COLUMN age_group TEXT CHECK (age_group IN ('under_18', '18_34', '35_59', '60_over'));
ALTER TABLE complaint ADD COLUMN merged_into INTEGER REFERENCES complaint (id);

CREATE TABLE turnable (
    phone_id     INTEGER PRIMARY KEY REFERENCES phone (id),
    did          TEXT    NOT NULL CHECK (did IN ('added', 'opened', 'withdrew')),
    message_id   INTEGER NOT NULL REFERENCES message (id),
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    other_id     INTEGER REFERENCES complaint (id),
    at           INTEGER NOT NULL
) STRICT;

-- What was said to be solved, the longest ago first: silence closes it.
CREATE INDEX complaint_unanswered ON complaint (next_due, id) WHERE status = 'resolved';

ALTER TABLE outbox ADD COLUMN language TEXT NOT NULL DEFAULT '';

CREATE TABLE traffic (
    day       INTEGER NOT NULL,
    language  TEXT    NOT NULL,
    texts_in  INTEGER NOT NULL,
    texts_out INTEGER NOT NULL,
    segments  INTEGER NOT NULL,
    PRIMARY KEY (day, language)
) STRICT, WITHOUT ROWID;

-- A phone may be asked for its language before it has a complaint.
ALTER TABLE question RENAME TO question_before;
CREATE TABLE question (
    phone_id     INTEGER PRIMARY KEY REFERENCES phone (id),
    complaint_id INTEGER REFERENCES complaint (id),
    kind         TEXT    NOT NULL,
    choices      TEXT    NOT NULL,
    asked_at     INTEGER NOT NULL,
    times        INTEGER NOT NULL
) STRICT;
INSERT INTO question (phone_id, complaint_id, kind, choices, asked_at, times)
SELECT phone_id, complaint_id, kind, choices, asked_at, times FROM question_before;
DROP TABLE question_before;
-- What its complainant says is not solved: the convener sees to it that somebody takes it up again.
CREATE INDEX complaint_reopened ON complaint (county, next_due, id) WHERE status = 'reopened';
