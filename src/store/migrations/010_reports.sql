-- When a complaint first got how far, and an index that holds all that the reports count.

ALTER TABLE complaint ADD COLUMN referred_at INTEGER;
ALTER TABLE complaint ADD COLUMN accepted_at INTEGER;
ALTER TABLE complaint ADD COLUMN accepted_late INTEGER CHECK (accepted_late IN (0, 1));
ALTER TABLE complaint ADD COLUMN acted_at INTEGER;
ALTER TABLE complaint ADD COLUMN acted_late INTEGER CHECK (acted_late IN (0, 1));
ALTER TABLE complaint ADD COLUMN resolved_at INTEGER;
ALTER TABLE complaint ADD COLUMN resolved_late INTEGER CHECK (resolved_late IN (0, 1));
ALTER TABLE complaint ADD COLUMN reopens INTEGER NOT NULL DEFAULT 0;

-- By which deadline was done what was done before, nobody wrote down: the one of today is the nearest.
UPDATE complaint SET
    referred_at = (SELECT min(at) FROM referral WHERE complaint_id = complaint.id AND returned = 0
                   AND (actor = 'person' OR (actor = 'rules' AND coalesce(json_extract(reason, '$.rule'), json_extract(reason, '$.pact')) IS NOT NULL))),
    accepted_at = (SELECT min(at) FROM event WHERE complaint_id = complaint.id AND kind = 'accepted'),
    acted_at    = (SELECT min(at) FROM event WHERE complaint_id = complaint.id AND kind IN ('started', 'updated', 'asked', 'resolved')),
    resolved_at = (SELECT max(at) FROM event WHERE complaint_id = complaint.id AND kind = 'resolved'
                   AND id > coalesce((SELECT max(id) FROM event WHERE complaint_id = complaint.id AND kind = 'reopened'), 0)),
    reopens     = (SELECT count(*) FROM event WHERE complaint_id = complaint.id AND kind = 'reopened');
UPDATE complaint SET resolved_at = next_due
    WHERE channel = 'import' AND status = 'closed' AND closed_as = 'unconfirmed' AND resolved_at IS NULL;
UPDATE complaint SET
    accepted_late = accepted_at > accept_due,
    acted_late    = acted_at > first_action_due,
    resolved_late = resolved_at > resolve_due;

-- What it told, the new one tells too.
DROP INDEX complaint_standing;

CREATE INDEX complaint_counted ON complaint (county, opened_at, id, place, sector, kind, channel, language, status, holder, closed_as, gender, age_group,
    sensitive, next_due, accept_due, first_action_due, resolve_due, returns, reopens, referred_at, accepted_at, accepted_late, acted_at, acted_late, resolved_at, resolved_late);
