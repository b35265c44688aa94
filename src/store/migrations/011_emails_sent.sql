-- What left, by when: for the page that tells it.

CREATE INDEX email_sent ON email (changed_at, id) WHERE state = 'sent';
