CREATE TABLE lodging (
    complaint_id INTEGER PRIMARY KEY REFERENCES complaint (id),
    key          TEXT NOT NULL UNIQUE,
    digest       BLOB NOT NULL,
    name         BLOB,
    brought_by   BLOB
) STRICT;

ALTER TABLE complaint ADD COLUMN untextable TEXT CHECK (untextable IN ('no_phone', 'stopped', 'failed'));
ALTER TABLE complaint ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1));
UPDATE complaint SET untextable = 'stopped'
WHERE status <> 'closed' AND phone_id IN (SELECT id FROM phone WHERE stopped_at IS NOT NULL);
CREATE INDEX complaint_untextable ON complaint (county, next_due, id) WHERE untextable IS NOT NULL AND status <> 'closed';
CREATE INDEX complaint_doubtful ON complaint (holder, next_due, id) WHERE doubtful = 1 AND status <> 'closed';

ALTER TABLE complaint ADD COLUMN group_id INTEGER;
CREATE INDEX complaint_of_group ON complaint (group_id, id) WHERE group_id IS NOT NULL;
CREATE INDEX complaint_alike ON complaint (county, sector, place, id) WHERE status <> 'closed' AND sensitive = 0;
