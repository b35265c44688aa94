-- What its complainant says is not solved: the convener sees to it that somebody takes it up again.
CREATE INDEX complaint_reopened ON complaint (county, next_due, id) WHERE status = 'reopened';
