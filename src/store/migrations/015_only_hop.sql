-- Most complaints make one hop: how long it is held is counted without a look into the ledger. And what is asked for most comes first in the
-- index, as a row is read up to the last that is asked for.

DROP INDEX complaint_counted;

ALTER TABLE complaint ADD COLUMN only_hop_at INTEGER;
UPDATE complaint SET only_hop_at = (SELECT min(at) FROM referral WHERE complaint_id = complaint.id HAVING count(*) = 1);

CREATE INDEX complaint_counted ON complaint (county, opened_at, id, closed_as, sensitive, holder, status, next_due, resolved_at, only_hop_at,
    sector, place, gender, age_group, kind, resolved_late, resolve_due, accepted_at, accepted_late, accept_due, acted_at, acted_late, first_action_due, referred_at,
    returns, reopens, channel, language);
