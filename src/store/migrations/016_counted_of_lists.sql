-- Each page of the console says how many wait: counted from the indexes of what is open, without a look at each complaint. The filters of
-- lists pass over what they leave out there too.

DROP INDEX complaint_of_holder;
CREATE INDEX complaint_of_holder ON complaint (holder, next_due, id, status, county, sensitive, returns, doubtful, sector, place)
    WHERE status <> 'closed';

DROP INDEX complaint_of_county;
CREATE INDEX complaint_of_county ON complaint (county, next_due, id, status, sensitive, reminders, paused_at, sector, place)
    WHERE status <> 'closed';
