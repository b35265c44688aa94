-- Who convenes a county, and what went along when that changed.
CREATE TABLE convening (
    id           INTEGER PRIMARY KEY,
    county       TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    came_from    TEXT,
    at           INTEGER NOT NULL,
    moved        INTEGER NOT NULL DEFAULT 0,
    sensitive    INTEGER NOT NULL DEFAULT 0,
    overseen     INTEGER NOT NULL DEFAULT 0,
    done_at      INTEGER
) STRICT;
CREATE TRIGGER convening_is_never_changed BEFORE UPDATE OF id, county, organisation, came_from, at ON convening
BEGIN SELECT RAISE (ABORT, 'who convened is append-only'); END;
CREATE TRIGGER convening_is_never_removed BEFORE DELETE ON convening
BEGIN SELECT RAISE (ABORT, 'who convened is append-only'); END;
