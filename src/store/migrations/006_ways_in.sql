CREATE TABLE lodging (
    complaint_id INTEGER PRIMARY KEY REFERENCES complaint (id),
    key          TEXT NOT NULL UNIQUE,
    digest       BLOB NOT NULL,
    name         BLOB,
    brought_by   BLOB
) STRICT;
