-- The places that an ambiguous name may mean, and the question that a phone was asked: what each is stands in schema.sql.

ALTER TABLE complaint ADD COLUMN place_candidates TEXT;

CREATE TABLE question (
    phone_id     INTEGER PRIMARY KEY REFERENCES phone (id),
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    kind         TEXT    NOT NULL,
    choices      TEXT    NOT NULL,
    asked_at     INTEGER NOT NULL,
    times        INTEGER NOT NULL
) STRICT;
