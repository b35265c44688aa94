-- Who did and who read what: what each is stands in schema.sql.

CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    organisation TEXT    NOT NULL,
    deed         TEXT    NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    reason       BLOB,
    previous     BLOB    NOT NULL,
    hash         BLOB    NOT NULL
) STRICT;

CREATE INDEX audit_of_person ON audit (person_id, at);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END;
