-- The whole schema: a new database runs this file; an older one gets there by src/store/migrations/.
--
-- Every id is time-ordered, (UTC milliseconds << 20) + a count, and never given twice, not even after an older backup
-- was restored: a late status callback can therefore never meet another text's row. Times are UTC milliseconds.
-- "Sealed" is XChaCha20-Poly1305 under a key of the key file, bound to table, id and column: a copied cell does not open.

-- What the database says of itself.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY, -- which fact: keys (a fingerprint of the key file), audit (the end of the audit's chain), rows_keyed (there once lodging.key holds no digest that needs no key), caught_up (up to when the gateway's list of texts was looked through), catches_up_from (what came before then another system may have answered), room (scratch of /health, gone again at once)
    value BLOB NOT NULL              -- the fact itself
) STRICT, WITHOUT ROWID;

-- A phone that texted, once. The person behind it is known by it only.
CREATE TABLE phone (
    id         INTEGER PRIMARY KEY,  -- time-ordered id
    lookup     BLOB NOT NULL UNIQUE, -- blind index: first 16 bytes of HMAC-SHA-256 of the address
    address    BLOB NOT NULL,        -- sealed: the address as the gateway spells it
    language   TEXT,                 -- ISO 639-1 code chosen, or last recognised in a text; NULL before any was
    stopped_at INTEGER,              -- since when no text may be sent to it (STOP, or opted out at the gateway); NULL: may
    language_chosen INTEGER NOT NULL DEFAULT 0 CHECK (language_chosen IN (0, 1)), -- 1: its language was chosen, by text or in the console; texts in another do not change it
    about      INTEGER REFERENCES complaint (id), -- the complaint that was last talked about with it; NULL: none yet
    about_at   INTEGER,              -- when that was; NULL: never
    about_full INTEGER NOT NULL DEFAULT 0 CHECK (about_full IN (0, 1)) -- 1: the phone's last text about it filled a segment, so that another part of it may follow
) STRICT;

-- One matter, with one tracking number, from one complainant.
CREATE TABLE complaint (
    id               INTEGER PRIMARY KEY,               -- time-ordered id
    number           INTEGER NOT NULL UNIQUE,           -- tracking number, ten digits
    phone_id         INTEGER REFERENCES phone (id),     -- the complainant's phone; NULL where none was given
    channel          TEXT    NOT NULL,                  -- how it came: sms, web, walk_in, paper, import
    county           TEXT    NOT NULL,                  -- county id of routing.toml
    place            TEXT,                              -- place id of places.csv; NULL: not known
    sector           TEXT,                              -- sector id of routing.toml; NULL: no rule decided
    kind             TEXT,                              -- service, staff conduct, corruption …; NULL: no rule decided
    priority         TEXT    NOT NULL,                  -- low, normal, high, urgent
    sensitive        INTEGER NOT NULL CHECK (sensitive IN (0, 1)), -- 1: a track of its own, neutral texts, never shown to the accused
    language         TEXT    NOT NULL,                  -- ISO 639-1 code of the texts about it
    status           TEXT    NOT NULL,                  -- what its events add up to: received, referred, accepted, in_progress, resolved, returned, reopened, closed
    holder           TEXT    NOT NULL,                  -- organisation id of who has it now; never nobody
    held_since       INTEGER NOT NULL,                  -- when the holder got it
    accept_due       INTEGER NOT NULL,                  -- by when the holder is to accept it
    first_action_due INTEGER NOT NULL,                  -- by when the holder is to act first
    resolve_due      INTEGER NOT NULL,                  -- by when it is to be resolved
    opened_at        INTEGER NOT NULL,                  -- when it was told: its first words were taken in, or, of what was written down elsewhere, when they were
    place_candidates TEXT,                              -- JSON list of the place ids that its words may mean; NULL: its place is known, or no place was named
    next_due         INTEGER NOT NULL DEFAULT 0,        -- when the next thing is due: acceptance, a first action, the solution, the verdict; of a closed one, when it was closed
    returns          INTEGER NOT NULL DEFAULT 0,        -- how often an organisation sent it back
    status_since     INTEGER NOT NULL DEFAULT 0,        -- since when it stands as it does
    closed_as        TEXT,                              -- confirmed, unconfirmed, not_solved, withdrawn, not_a_complaint or merged; NULL: it is not closed
    gender           TEXT CHECK (gender IN ('woman', 'man', 'other')), -- the complainant's, as they said; NULL: not given
    age_group        TEXT CHECK (age_group IN ('under_18', '18_34', '35_59', '60_over')), -- the same of their age
    merged_into      INTEGER REFERENCES complaint (id), -- the complaint that it turned out to be about; NULL: it stands for itself
    untextable       TEXT CHECK (untextable IN ('no_phone', 'stopped', 'failed')), -- why its complainant cannot be told by text: no phone was given, they asked for no more texts, the last text did not arrive; NULL: they can
    doubtful         INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1)), -- 1: by its first words it may be no complaint
    group_id         INTEGER,                           -- time-ordered id that it shares with others on the same matter, put together by hand; NULL: it stands alone
    remind_at        INTEGER,                           -- when the next reminder is due, or the next step after it; NULL: none is
    reminders        INTEGER NOT NULL DEFAULT 0,        -- how many of these steps are behind since the deadline passed that next_due is, those that never come among them
    reminded_of      INTEGER NOT NULL DEFAULT 0,        -- the deadline that these are counted for
    paused_at        INTEGER,                           -- since when its clock stands still, for a question is with the complainant; NULL: it runs
    referred_at      INTEGER,                           -- when a rule that decided, or a person, first gave it to who can mend it; NULL: not yet
    accepted_at      INTEGER,                           -- when it was first accepted; NULL: not yet
    accepted_late    INTEGER CHECK (accepted_late IN (0, 1)), -- 1: after the deadline of then; NULL: it was not accepted yet
    acted_at         INTEGER,                           -- when it was first acted on: begun, told of, asked about or solved; NULL: not yet
    acted_late       INTEGER CHECK (acted_late IN (0, 1)), -- 1: after the deadline of then; NULL: it was not acted on yet
    resolved_at      INTEGER,                           -- when it was said to be solved; NULL: it was not, or its complainant said since that it is not
    resolved_late    INTEGER CHECK (resolved_late IN (0, 1)), -- 1: after the deadline of then; NULL as above
    reopens          INTEGER NOT NULL DEFAULT 0,        -- how often its complainant said that it is not solved
    only_hop_at      INTEGER                            -- when its only hop was made, to its holder; NULL: it made more than one, or none, as the ledger of referrals knows
) STRICT;

-- A phone's complaints, the latest first.
CREATE INDEX complaint_of_phone ON complaint (phone_id, id);

-- What a holder has to do, the most pressing first; with all that its counts look at, and the filters.
CREATE INDEX complaint_of_holder ON complaint (holder, next_due, id, status, county, sensitive, returns, doubtful, sector, place)
    WHERE status <> 'closed';

-- What is open in a county, the most pressing first; with the same.
CREATE INDEX complaint_of_county ON complaint (county, next_due, id, status, sensitive, reminders, paused_at, sector, place)
    WHERE status <> 'closed';

-- What is over, the latest first.
CREATE INDEX complaint_closed ON complaint (holder, next_due, id) WHERE status = 'closed';

-- The same of a county.
CREATE INDEX complaint_closed_of_county ON complaint (county, next_due, id) WHERE status = 'closed';

-- What the convener has to see to: sent back twice.
CREATE INDEX complaint_disputed ON complaint (county, next_due, id) WHERE returns >= 2 AND status <> 'closed';

-- What its complainant says is not solved: the convener sees to it that somebody takes it up again.
CREATE INDEX complaint_reopened ON complaint (county, next_due, id) WHERE status = 'reopened';

-- What takes a track of its own.
CREATE INDEX complaint_sensitive ON complaint (county, next_due, id) WHERE sensitive = 1 AND status <> 'closed';

-- What its complainant cannot be told of by text: somebody has to call or go there.
CREATE INDEX complaint_untextable ON complaint (county, next_due, id) WHERE untextable IS NOT NULL AND status <> 'closed';

-- What may be no complaint.
CREATE INDEX complaint_doubtful ON complaint (holder, next_due, id) WHERE doubtful = 1 AND status <> 'closed';

-- What was put together.
CREATE INDEX complaint_of_group ON complaint (group_id, id) WHERE group_id IS NOT NULL;

-- What may be on the same matter: the same place and sector, the latest first.
CREATE INDEX complaint_alike ON complaint (county, sector, place, id) WHERE status <> 'closed' AND sensitive = 0;

-- What was said to be solved, the longest ago first: silence closes it.
CREATE INDEX complaint_unanswered ON complaint (next_due, id) WHERE status = 'resolved';

-- Whose deadline passed and nobody acted.
CREATE INDEX complaint_to_remind ON complaint (county, remind_at, id) WHERE remind_at IS NOT NULL;

-- What is the convener's to follow up: its organisation was reminded twice.
CREATE INDEX complaint_escalated ON complaint (county, next_due, id) WHERE reminders >= 3 AND status NOT IN ('resolved', 'closed');

-- What an organisation has not accepted yet.
CREATE INDEX complaint_referred ON complaint (holder, id) WHERE status = 'referred';

-- A step that was taken because a deadline passed: only added to. Kept by complaint, in order.
CREATE TABLE reminder (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),                                      -- which complaint
    id           INTEGER NOT NULL,                                                                -- time-ordered id
    county       TEXT    NOT NULL,                                                                -- county id of the complaint's
    step         TEXT    NOT NULL CHECK (step IN ('first', 'second', 'escalated', 'committee')),  -- which step
    due_at       INTEGER NOT NULL,                                                                -- the deadline that passed
    holder       TEXT    NOT NULL,                                                                -- organisation id of who had it
    at           INTEGER NOT NULL,                                                                -- when it was taken
    PRIMARY KEY (complaint_id, id),
    UNIQUE (complaint_id, due_at, holder, step)
) STRICT, WITHOUT ROWID;

-- What a letter to the convener tells.
CREATE INDEX reminder_of_county ON reminder (county, id);

-- What a letter to an organisation tells.
CREATE INDEX reminder_of_holder ON reminder (county, holder, id);

-- The last look at the clock, in one row: where it jumps, nothing that is due by it is done.
CREATE TABLE clock (
    id         INTEGER PRIMARY KEY CHECK (id = 1), -- always 1
    seen_at    INTEGER NOT NULL,                   -- the latest time that was ever seen and believed
    stopped_at INTEGER                             -- since when it is not believed; NULL: it is
) STRICT;

-- How far letters have told: what came later is still to be told.
CREATE TABLE told (
    county       TEXT    NOT NULL,                                                          -- county id
    organisation TEXT    NOT NULL,                                                          -- organisation id of whom they are to; '': of several
    of           TEXT    NOT NULL CHECK (of IN ('reminders', 'word', 'alone', 'referrals')), -- of its own reminders; a convener's word of all; what is told at once; what was referred to it
    up_to        INTEGER NOT NULL,                                                          -- the id of the last that was told
    PRIMARY KEY (county, organisation, of)
) STRICT, WITHOUT ROWID;

-- All that the reports count, in the order of their lodging; what is asked for most comes first, as a row is read up to the last that is asked for.
CREATE INDEX complaint_counted ON complaint (county, opened_at, id, closed_as, sensitive, holder, status, next_due, resolved_at, only_hop_at,
    sector, place, gender, age_group, kind, resolved_late, resolve_due, accepted_at, accepted_late, accept_due, acted_at, acted_late, first_action_due, referred_at,
    returns, reopens, channel, language);

-- Whom a complaint accuses: it is invisible to them, whoever holds it and whatever the rules say later.
CREATE TABLE accused (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id), -- the complaint
    organisation TEXT    NOT NULL,                           -- organisation id
    PRIMARY KEY (complaint_id, organisation)
) STRICT, WITHOUT ROWID;

-- What accuses an organisation: it is taken off the counts that it sees.
CREATE INDEX accused_organisation ON accused (organisation);

-- How often complaints changed, by their county and the day of their lodging: what the reports counted of that day holds until then.
CREATE TABLE lodged_day (
    county  TEXT    NOT NULL, -- county id
    day     INTEGER NOT NULL, -- days since 1970, in UTC
    changes INTEGER NOT NULL, -- it only grows
    PRIMARY KEY (county, day)
) STRICT, WITHOUT ROWID;

-- How a complaint was handed in that came by no text.
CREATE TABLE lodging (
    complaint_id INTEGER PRIMARY KEY REFERENCES complaint (id), -- the complaint
    key          TEXT    NOT NULL UNIQUE,                       -- what it has one effect under, however often it is sent: a form's own key, or an import and its row: import:NAME:ID, or import:NAME:~ and 16 bytes of HMAC-SHA-256 of its content
    digest       BLOB    NOT NULL,                              -- first 16 bytes of HMAC-SHA-256 of phone, facts and words: tells the same from an altered one
    name         BLOB,                                          -- sealed: the complainant's name; NULL: not given
    brought_by   BLOB                                           -- sealed: who brought it on the complainant's behalf, in their words, which may be none; NULL: the complainant did
) STRICT;

-- What a phone was asked and has not answered: one question at most, so that a digit means one thing.
CREATE TABLE question (
    phone_id     INTEGER PRIMARY KEY REFERENCES phone (id),     -- who was asked
    complaint_id INTEGER REFERENCES complaint (id),             -- about which complaint; NULL: about none
    kind         TEXT    NOT NULL,                              -- what was asked: place, sector, gender, age, words (an officer's question), verdict (is it solved), language, withdraw (offered beside a status)
    choices      TEXT    NOT NULL,                              -- JSON list of the ids that the digits from 1 on mean, of places, sectors or languages; []: they mean none of these
    asked_at     INTEGER NOT NULL,                              -- when it was last asked; it lapses 48 hours later
    times        INTEGER NOT NULL                               -- how often it was asked, the first time counted
) STRICT;

-- What the last text of a phone was taken for and may not have been meant: a 9 turns it into the other.
CREATE TABLE turnable (
    phone_id     INTEGER PRIMARY KEY REFERENCES phone (id),     -- whose text
    did          TEXT    NOT NULL CHECK (did IN ('added', 'opened', 'withdrew')), -- its words went to a complaint; it opened one beside another that was open; it withdrew one
    message_id   INTEGER NOT NULL REFERENCES message (id),      -- the text
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),    -- the complaint that it was added to, opened or withdrew
    other_id     INTEGER REFERENCES complaint (id),             -- of one that was opened, the complaint that the words may belong to; else NULL
    at           INTEGER NOT NULL                               -- when; it can be turned for 48 hours
) STRICT;

-- A text that came in; each ends in exactly one outcome.
CREATE TABLE message (
    id           INTEGER PRIMARY KEY,                       -- time-ordered id
    sid          TEXT    NOT NULL UNIQUE,                   -- the gateway's id of the text: it has one effect, however often it is delivered
    digest       BLOB    NOT NULL,                          -- first 16 bytes of HMAC-SHA-256 of sender, line and words: tells a redelivery from an altered one, and equal texts
    phone_id     INTEGER NOT NULL REFERENCES phone (id),    -- who texted
    line         TEXT    NOT NULL,                          -- the number of ours that was texted
    words        BLOB    NOT NULL,                          -- sealed: the text
    media        BLOB,                                      -- sealed: JSON list of the media's addresses and types; NULL: none
    received_at  INTEGER NOT NULL,                          -- when it was taken in
    outcome      TEXT    NOT NULL,                          -- what it was taken for: complaint, added, went_on, place_told, sector_told, gender_told, age_told, answered, verdict, withdrawn, skipped, unclear, not_meant, status, number_unknown, check_number, language, help, stop, start
    complaint_id INTEGER REFERENCES complaint (id),         -- the complaint that it opened, added to, answered for or asked for; NULL: none
    silence      TEXT                                       -- why it got no reply: machine, own_number, stopped, gateway_answers, phone_limit, equal_text, breaker, spend_cap, overtaken (a STOP or START that came late, after the opposite); NULL: it got one
) STRICT;

-- One entry in a complaint's history; added to, never changed. Kept by complaint, in order.
CREATE TABLE event (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),  -- whose history
    id           INTEGER NOT NULL,                            -- time-ordered id
    at           INTEGER NOT NULL,                            -- when it happened
    kind         TEXT    NOT NULL,                            -- received, referred, words_added, words_moved, place_told, sector_told, language_chosen, accepted, returned, started, updated, noted, asked, answered, resolved, verdict, reopened, marked_sensitive, grouped, ungrouped, reminded, closed
    actor        TEXT    NOT NULL,                            -- who: complainant, rules, person, clock, hand_over (the county has another convener)
    message_id   INTEGER REFERENCES message (id),             -- the text that it rests on; NULL: none
    person_id    INTEGER REFERENCES person (id),              -- the person of the console who did it; NULL: nobody of the console
    organisation TEXT,                                        -- organisation id of the person's at that time; a note is for it alone; NULL: nobody of the console
    words        BLOB,                                        -- sealed: what they wrote; of received, the complainant's words where they came by no text; NULL: nothing
    detail       TEXT,                                        -- of a verdict: solved, partly, not_solved; of closed: closed_as; of sector_told: the sector's id; never free words
    PRIMARY KEY (complaint_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END;

-- One hop of a complaint to an organisation: a ledger, added to, never changed. Kept by complaint, in order.
CREATE TABLE referral (
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),  -- what was referred
    id           INTEGER NOT NULL,                            -- time-ordered id
    from_holder  TEXT,                                        -- organisation id of who had it before; NULL: the first hop
    to_holder    TEXT    NOT NULL,                            -- organisation id of who has it from now on
    actor        TEXT    NOT NULL,                            -- who referred it: rules, person, complainant (whose verdict reopened it), hand_over (the county has another convener)
    reason       TEXT    NOT NULL,                            -- JSON: rule, sureness, patterns with offsets, runners-up, whom it accuses, digest of the rules; never words of the text
    at           INTEGER NOT NULL,                            -- when it was made
    person_id    INTEGER REFERENCES person (id),              -- the person who made it; NULL: nobody of the console
    returned     INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)), -- 1: its holder sent it back
    words        BLOB,                                        -- sealed: why, in the person's words; NULL: the rules' reason says it
    PRIMARY KEY (complaint_id, id)
) STRICT, WITHOUT ROWID;

-- What an organisation ever had: its own part of the history stays in its sight.
CREATE INDEX referral_of_organisation ON referral (to_holder, complaint_id);

-- Who had what from when on, for the count of how long: the ledger's own rows are wide.
CREATE INDEX referral_held ON referral (complaint_id, id, to_holder, at);

CREATE TRIGGER referral_is_never_changed BEFORE UPDATE ON referral
BEGIN SELECT RAISE (ABORT, 'the ledger of referrals is append-only'); END;

CREATE TRIGGER referral_is_never_removed BEFORE DELETE ON referral
BEGIN SELECT RAISE (ABORT, 'the ledger of referrals is append-only'); END;

-- A text that a committed fact owes: inserted in the fact's own transaction, sent after it.
CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY,                       -- time-ordered id; rides in the status callback's query as oid
    phone_id     INTEGER NOT NULL REFERENCES phone (id),    -- to whom it goes
    line         TEXT    NOT NULL,                          -- the number of ours that it leaves from
    message_id   INTEGER REFERENCES message (id),           -- the text that it replies to; NULL: not a reply
    complaint_id INTEGER REFERENCES complaint (id),         -- the complaint that it is about; NULL: none
    retry_of     INTEGER REFERENCES outbox (id),            -- the row whose text did not reach the phone and is sent anew; NULL: the first try
    words        BLOB    NOT NULL,                          -- sealed: the text
    segments     INTEGER NOT NULL,                          -- how many segments it is billed as (3GPP TS 23.038)
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'sent', 'delivered', 'failed', 'uncertain', 'expired', 'withheld')), -- pending → sending → accepted → sent → delivered; or how it ended otherwise
    attempts     INTEGER NOT NULL DEFAULT 0,                -- how often it was handed to the gateway, counted before it is
    due_at       INTEGER NOT NULL,                          -- not before then
    sid          TEXT,                                      -- the gateway's id; NULL until one is known
    delivery     TEXT,                                      -- the gateway's last word on it; NULL before any
    code         INTEGER,                                   -- the gateway's error code; NULL: none
    why          TEXT,                                      -- what went wrong, for people; never a number or words of the text
    created_at   INTEGER NOT NULL,                          -- when it was owed
    changed_at   INTEGER NOT NULL,                          -- when its state last changed
    notice       INTEGER NOT NULL DEFAULT 0 CHECK (notice IN (0, 1)), -- 1: tells of news on its complaint; one that still waits is written anew with the next news
    language     TEXT    NOT NULL DEFAULT ''                -- ISO 639-1 code of the words; empty where they were written before it was kept
) STRICT;

-- How each text on a complaint has come along, and whether a notice still waits.
CREATE INDEX outbox_of_complaint ON outbox (complaint_id, id);

-- What can be sent now.
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'pending';

-- What needs a look: a kill in mid-send, an outcome that is not known, a text that will not arrive.
CREATE INDEX outbox_trouble ON outbox (state, id) WHERE state IN ('sending', 'uncertain', 'failed', 'expired');

-- How many texts a phone got of late, and which of them are still to go: texts to one phone leave in order.
CREATE INDEX outbox_of_phone ON outbox (phone_id, id);

-- A status callback that carries only the gateway's id.
CREATE UNIQUE INDEX outbox_by_sid ON outbox (sid) WHERE sid IS NOT NULL;

-- Replies and segments by minute and by day (UTC), for the breaker and the spend cap: a restart does not forget.
CREATE TABLE tally (
    span     TEXT    NOT NULL CHECK (span IN ('minute', 'day')), -- how long the span is
    start    INTEGER NOT NULL,                                   -- when it began
    replies  INTEGER NOT NULL,                                   -- automatic replies put into the outbox
    segments INTEGER NOT NULL,                                   -- segments of all texts put into the outbox
    PRIMARY KEY (span, start)
) STRICT, WITHOUT ROWID;

-- Texts by day and language, for the operator's figures.
CREATE TABLE traffic (
    day       INTEGER NOT NULL,  -- when the day (UTC) began
    language  TEXT    NOT NULL,  -- ISO 639-1 code of the texts; empty where none was recognised
    texts_in  INTEGER NOT NULL,  -- texts that came in
    texts_out INTEGER NOT NULL,  -- texts put into the outbox, retries too, whatever became of them
    segments  INTEGER NOT NULL,  -- segments of these
    PRIMARY KEY (day, language)
) STRICT, WITHOUT ROWID;

-- What an operator must hear of, counted.
CREATE TABLE alarm (
    kind     TEXT    NOT NULL PRIMARY KEY, -- altered_redelivery, opposite_reports, breaker, spend_cap, email_account, clock_jumped, webhook_missed, damaged
    times    INTEGER NOT NULL,             -- how often it was raised
    first_at INTEGER NOT NULL,             -- when it was first raised
    last_at  INTEGER NOT NULL              -- when it was last raised
) STRICT, WITHOUT ROWID;

-- A person of the console.
CREATE TABLE person (
    id           INTEGER PRIMARY KEY,                  -- time-ordered id
    email        TEXT    NOT NULL UNIQUE,              -- by which they log in, in small letters
    name         TEXT    NOT NULL,                     -- as others see them
    role         TEXT    NOT NULL CHECK (role IN ('administrator', 'convener', 'officer', 'committee')), -- what they may do
    scope        TEXT    NOT NULL,                     -- of a convener and an officer: their organisation id; of a committee: the county id; of an administrator: empty
    language     TEXT,                                 -- ISO 639-1 code of their pages; NULL: what their browser asks for
    password     TEXT,                                 -- Argon2id in PHC form; NULL: the invitation was not taken up
    totp         BLOB,                                 -- sealed: the secret of their authenticator, base32; NULL: none yet
    totp_step    INTEGER NOT NULL DEFAULT 0,           -- the last 30-second step whose code was used: none is taken twice
    failures     INTEGER NOT NULL DEFAULT 0,           -- wrong passwords and codes since the last right one
    locked_until INTEGER NOT NULL DEFAULT 0,           -- no login before then
    made_at      INTEGER NOT NULL,                     -- when they were added
    left_at      INTEGER                               -- since when they may no longer log in; NULL: they may
) STRICT;

-- A link that lets a person set a password once.
CREATE TABLE invitation (
    token      BLOB    NOT NULL PRIMARY KEY,            -- SHA-256 of the link's token
    person_id  INTEGER NOT NULL REFERENCES person (id), -- whose it is
    made_at    INTEGER NOT NULL,                        -- when it was made
    expires_at INTEGER NOT NULL,                        -- not taken from then on
    used_at    INTEGER                                  -- when it was taken up, or replaced by a later one; NULL: not yet
) STRICT, WITHOUT ROWID;

-- Somebody who is logged in, or was: what is over goes when they next log in, but for their last login.
CREATE TABLE session (
    token     BLOB    NOT NULL PRIMARY KEY,            -- SHA-256 of the cookie's token
    person_id INTEGER NOT NULL REFERENCES person (id), -- who they are
    made_at   INTEGER NOT NULL,                        -- when they logged in; it ends 12 hours later at the latest
    seen_at   INTEGER NOT NULL,                        -- the last request, to the minute; it ends an hour after it
    proven_at INTEGER,                                 -- when the second factor was given; NULL: only the password was, and it opens nothing but the page for the code
    ended_at  INTEGER                                  -- when it was ended by hand, or another took its place; NULL: it was not
) STRICT, WITHOUT ROWID;

-- A person's sessions, to end them all.
CREATE INDEX session_of_person ON session (person_id);

-- Who read, did or was shown what of sensitive complaints, and who was shown a phone number: added to, never changed. Each entry is
-- hashed with the one before it, so that none can be changed, taken out or put in unseen; `jibu audit verify` walks the chain.
CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,                       -- its place in the chain: 1, 2, 3, without a gap
    at           INTEGER NOT NULL,                          -- when it was done
    person_id    INTEGER NOT NULL REFERENCES person (id),   -- who did it
    organisation TEXT    NOT NULL,                          -- the organisation that they were of then
    deed         TEXT    NOT NULL,                          -- read, revealed, shown_code, lodged, imported, or did: and the deed: did:accept
    complaint_id INTEGER NOT NULL REFERENCES complaint (id), -- of which complaint
    reason       BLOB,                                      -- sealed: why, in their words; NULL: none was asked for
    previous     BLOB    NOT NULL,                          -- the hash of the entry before; of the first, 32 zeros
    hash         BLOB    NOT NULL                           -- HMAC-SHA-256 of all of the above under a key of the key file
) STRICT;

-- What somebody did of late.
CREATE INDEX audit_of_person ON audit (person_id, at);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END;

-- Who convenes a county: an entry when the service first sees it, and each time that the rules say another. What the one before had as
-- convener goes to the next in steps, which the counts follow; the rest of an entry is never changed.
CREATE TABLE convening (
    id           INTEGER PRIMARY KEY,         -- its place in the order of the entries
    county       TEXT    NOT NULL,            -- county id of routing.toml
    organisation TEXT    NOT NULL,            -- organisation id of who convenes it from then on
    came_from    TEXT,                        -- organisation id of who did before; NULL: nobody that is known of
    at           INTEGER NOT NULL,            -- when the service saw it in the rules
    moved        INTEGER NOT NULL DEFAULT 0,  -- complaints that were handed over
    sensitive    INTEGER NOT NULL DEFAULT 0,  -- of these, those that take the track of their own
    overseen     INTEGER NOT NULL DEFAULT 0,  -- of these, those that went to who oversees the county: they accuse the new convener
    done_at      INTEGER                      -- when first nothing was left to hand over; NULL: there is, or there was nobody before
) STRICT;

CREATE TRIGGER convening_is_never_changed BEFORE UPDATE OF id, county, organisation, came_from, at ON convening
BEGIN SELECT RAISE (ABORT, 'who convened is append-only'); END;

CREATE TRIGGER convening_is_never_removed BEFORE DELETE ON convening
BEGIN SELECT RAISE (ABORT, 'who convened is append-only'); END;

-- An email that a committed change owes, and how far it has come. Letters to officers and conveners, never to complainants.
CREATE TABLE email (
    id           INTEGER PRIMARY KEY,           -- time-ordered id; its Message-ID is made of it
    key          TEXT    NOT NULL UNIQUE,       -- what owes it, in words of the program: a fact owes one email, however often it is told
    purpose      TEXT    NOT NULL,              -- a word for people: reminder, escalation, digest, referral, report
    organisation TEXT,                          -- the organisation that it goes to; NULL: none
    to_address   BLOB    NOT NULL,              -- sealed: the address
    from_name    BLOB,                          -- sealed: whom it comes from; NULL: email.from_name
    from_address BLOB,                          -- sealed: from which address; NULL: email.from
    reply_to     BLOB,                          -- sealed: where an answer goes; NULL: to whom it comes from
    subject      BLOB    NOT NULL,              -- sealed: the subject
    plain        BLOB    NOT NULL,              -- sealed: what it says
    html         BLOB,                          -- sealed: the same as HTML; NULL: only plain text
    follows      INTEGER REFERENCES email (id), -- the one that it stands below in the reader's mailbox; NULL: none
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'expired', 'withheld')), -- how far it has come
    attempts     INTEGER NOT NULL DEFAULT 0,    -- how often it was handed over
    due_at       INTEGER NOT NULL,              -- not handed over before
    wanted_at    INTEGER NOT NULL,              -- when it was to leave, or was sent again by hand: its age is counted from here
    why          TEXT,                          -- a word for what came between: no_such_mailbox, deferred, lost; NULL: nothing
    code         INTEGER,                       -- the server's last answer (RFC 5321): 550; NULL: none
    status       TEXT,                          -- the same by RFC 3463: 5.1.1; NULL: it told none
    created_at   INTEGER NOT NULL,              -- when it was owed
    changed_at   INTEGER NOT NULL               -- when its state last changed
) STRICT;

-- What is to be sent next.
CREATE INDEX email_due ON email (due_at) WHERE state = 'pending';

-- What somebody may have to look at: few, however many were sent.
CREATE INDEX email_unsent ON email (state, id) WHERE state NOT IN ('sent', 'withheld');

-- What left, by when.
CREATE INDEX email_sent ON email (changed_at, id) WHERE state = 'sent';

-- A month as outsiders are told of it: its complaints are copied once, a month after it is over. What is told of it stays: the difference of
-- two days' figures would tell of one complaint.
CREATE TABLE publication (
    id       INTEGER PRIMARY KEY,           -- its place in the order in which they were begun
    county   TEXT    NOT NULL,              -- county id of routing.toml
    month    TEXT    NOT NULL,              -- 2026-10
    taken_at INTEGER NOT NULL,              -- what is overdue, and how long somebody has had a complaint, is counted up to then
    last_at  INTEGER NOT NULL,              -- the last complaint that was copied: when it was lodged
    last_id  INTEGER NOT NULL,              -- and its row
    is_whole INTEGER NOT NULL DEFAULT 0 CHECK (is_whole IN (0, 1)), -- 0: there are more to copy; it is told once it has published_tables
    UNIQUE (county, month)
) STRICT;

-- A complaint as it stood then, for the count. A deadline that was ahead then is as far away as can be: it is not missed since.
CREATE TABLE published_complaint (
    publication_id   INTEGER NOT NULL REFERENCES publication (id), -- of which month
    id               INTEGER NOT NULL REFERENCES complaint (id),   -- the complaint
    place            TEXT,                                         -- place id, if known
    sector           TEXT,                                         -- sector id, if known
    kind             TEXT,                                         -- what it is, if known
    channel          TEXT    NOT NULL,                             -- how it came
    language         TEXT    NOT NULL,                             -- of the texts about it
    status           TEXT    NOT NULL,                             -- where it stood
    holder           TEXT    NOT NULL,                             -- organisation id of who had it
    closed_as        TEXT,                                         -- as what it was closed; NULL: it was open
    gender           TEXT,                                         -- if it was told
    age_group        TEXT,                                         -- if it was told
    sensitive        INTEGER NOT NULL,                             -- 1: it is but a part of one total
    opened_at        INTEGER NOT NULL,                             -- when it was lodged
    next_due         INTEGER NOT NULL,                             -- by when it was to go on; of a closed one: when it was closed
    accept_due       INTEGER NOT NULL,                             -- by when it was to be accepted
    first_action_due INTEGER NOT NULL,                             -- by when something was to be done
    resolve_due      INTEGER NOT NULL,                             -- by when it was to be solved
    returns          INTEGER NOT NULL,                             -- how often it had been sent back
    reopens          INTEGER NOT NULL,                             -- how often it had been said not to be solved
    referred_at      INTEGER,                                      -- when it got to who can mend it
    accepted_at      INTEGER,                                      -- when it was accepted
    accepted_late    INTEGER,                                      -- 1: after its deadline
    acted_at         INTEGER,                                      -- when something was done
    acted_late       INTEGER,                                      -- 1: after its deadline
    resolved_at      INTEGER,                                      -- when it was solved
    resolved_late    INTEGER,                                      -- 1: after its deadline
    PRIMARY KEY (publication_id, id)
) STRICT, WITHOUT ROWID;

-- Who had it, from when to when.
CREATE TABLE published_hop (
    publication_id INTEGER NOT NULL REFERENCES publication (id), -- of which month
    complaint_id   INTEGER NOT NULL REFERENCES complaint (id),   -- of which complaint
    referral_id    INTEGER NOT NULL,                             -- the hop
    holder         TEXT    NOT NULL,                             -- organisation id of who had it
    held_from      INTEGER NOT NULL,                             -- since when
    held_until     INTEGER NOT NULL,                             -- until it went on, was solved or was over; or until taken_at
    PRIMARY KEY (publication_id, complaint_id, referral_id)
) STRICT, WITHOUT ROWID;

-- Where a published month's places lay by the gazetteer of then: a ward that moves to another sub-county would change figures that stay.
CREATE TABLE published_place (
    publication_id INTEGER NOT NULL REFERENCES publication (id), -- of which month
    place          TEXT    NOT NULL,                             -- place id that a complaint of it has
    sub_county     TEXT,                                         -- place id of its sub-county, if it lay in one, or was one
    ward           TEXT,                                         -- place id of its ward, if it lay in one, or was one
    PRIMARY KEY (publication_id, place)
) STRICT, WITHOUT ROWID;

-- Which figures of a published month are hidden, decided once: worked out again, other figures of the same complaints could be. It is told
-- from then on.
CREATE TABLE published_tables (
    publication_id INTEGER PRIMARY KEY REFERENCES publication (id),  -- of which month
    of_complaints  TEXT    NOT NULL CHECK (json_valid (of_complaints)), -- which figures of its complaints are hidden, as src/reports/privacy/kept.rs says
    of_hops        TEXT    NOT NULL CHECK (json_valid (of_hops))     -- the same of how long who had them
) STRICT;

CREATE TRIGGER published_place_is_never_changed BEFORE UPDATE ON published_place
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;

CREATE TRIGGER published_place_is_never_removed BEFORE DELETE ON published_place
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;

CREATE TRIGGER published_tables_are_never_changed BEFORE UPDATE ON published_tables
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;

CREATE TRIGGER published_tables_are_never_removed BEFORE DELETE ON published_tables
BEGIN SELECT RAISE (ABORT, 'what is published is never changed'); END;
