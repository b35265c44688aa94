-- What outsiders may see of a month is decided once, when it is published.

CREATE TABLE published_place (
    publication_id INTEGER NOT NULL REFERENCES publication (id),
    place          TEXT    NOT NULL,
    sub_county     TEXT,
    ward           TEXT,
    PRIMARY KEY (publication_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE published_tables (
    publication_id INTEGER PRIMARY KEY REFERENCES publication (id),
    of_complaints  TEXT    NOT NULL CHECK (json_valid (of_complaints)),
    of_hops        TEXT    NOT NULL CHECK (json_valid (of_hops))
) STRICT;

CREATE TRIGGER published_place_is_never_changed BEFORE UPDATE ON published_place
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;

CREATE TRIGGER published_place_is_never_removed BEFORE DELETE ON published_place
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;

CREATE TRIGGER published_tables_are_never_changed BEFORE UPDATE ON published_tables
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;

CREATE TRIGGER published_tables_are_never_removed BEFORE DELETE ON published_tables
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;
