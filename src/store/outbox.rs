//! Texts that committed facts owe, and how far each has come.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::ReadOnly;
use super::alarm::AlarmKind;
use super::error::StoreError;
use super::keys::Cell;
use super::phone::Phone;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{Address, Delivery, TrackingNumber};

/// How far a text has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    /// To be sent.
    Pending,
    /// In the gateway's hands or on the wire to it: committed before the first byte leaves.
    Sending,
    /// The gateway has it.
    Accepted,
    /// The carrier has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// It will not arrive.
    Failed,
    /// It may or may not have left: never sent again without proof.
    Uncertain,
    /// It became too old to be sent.
    Expired,
    /// The person asked for no more texts before it left.
    Withheld,
}

impl TextState {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Sending,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Failed,
        Self::Uncertain,
        Self::Expired,
        Self::Withheld,
    ];

    /// The word in the store and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
            Self::Expired => "expired",
            Self::Withheld => "withheld",
        }
    }

    /// The state with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// The state that the gateway's word amounts to.
impl From<Delivery> for TextState {
    fn from(delivery: Delivery) -> Self {
        match delivery {
            Delivery::Scheduled | Delivery::Accepted | Delivery::Queued | Delivery::Sending => {
                Self::Accepted
            }
            Delivery::Sent => Self::Sent,
            Delivery::Delivered | Delivery::Read => Self::Delivered,
            Delivery::Undelivered | Delivery::Failed | Delivery::Canceled => Self::Failed,
        }
    }
}

/// A text to be sent.
pub struct NewText<'a> {
    /// To whom.
    pub phone_id: i64,
    /// The number of ours that it leaves from.
    pub line: &'a Address,
    /// The text that it replies to.
    pub message_id: Option<i64>,
    /// The complaint that it is about.
    pub complaint_id: Option<i64>,
    /// The words.
    pub words: &'a str,
    /// How many segments it is billed as.
    pub segments: u32,
}

/// A text that is now in `sending`, for the sender.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its row.
    pub id: i64,
    /// To whom.
    pub to: Address,
    /// The number of ours that it leaves from.
    pub line: Address,
    /// The words.
    pub words: String,
    /// How many segments it is billed as.
    pub segments: u32,
    /// How often it was handed over, this time included.
    pub attempts: u32,
}

/// What a hand-over to the gateway came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The gateway has it.
    Accepted {
        /// The gateway's id.
        sid: String,
        /// Its first word.
        delivery: Delivery,
    },
    /// Proven not to have left.
    Again {
        /// Not before then.
        due_at: DateTime<Utc>,
        /// Why not.
        why: String,
        /// Whether it was the text's turn that failed, or nothing gets through at all (which counts no attempt).
        counts: bool,
    },
    /// It will not arrive.
    Failed {
        /// The gateway's code.
        code: Option<u32>,
        /// Whether it is because the person asked the gateway for no more texts.
        opted_out: bool,
    },
    /// Nobody knows.
    Uncertain {
        /// Why not.
        why: String,
    },
}

impl Settled {
    /// The word in logs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Again { .. } => "again",
            Self::Failed { .. } => "failed",
            Self::Uncertain { .. } => "uncertain",
        }
    }
}

/// The row that a status report is about.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its row.
    pub id: i64,
    /// Whose phone.
    pub phone_id: i64,
    /// Whether the phone may no longer be texted.
    pub stopped: bool,
    /// The gateway's last word on it.
    pub delivery: Option<Delivery>,
    /// The gateway's id of it, once known.
    pub sid: Option<String>,
    /// The row that this one repeats.
    pub retry_of: Option<i64>,
}

/// A row of the outbox for people: no number, no words.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its row.
    pub id: i64,
    /// How far it has come.
    pub state: String,
    /// How often it was handed over.
    pub attempts: u32,
    /// The complaint that it is about.
    pub number: Option<TrackingNumber>,
    /// The gateway's code.
    pub code: Option<u32>,
    /// What went wrong.
    pub why: Option<String>,
    /// The gateway's last word.
    pub delivery: Option<String>,
    /// When it was owed.
    pub created_at: DateTime<Utc>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

struct DueText {
    text: Claimed,
    created_at: DateTime<Utc>,
}

fn words_of(row: i64) -> Cell {
    Cell {
        table: "outbox",
        row,
        column: "words",
    }
}

impl Tx<'_> {
    /// Puts a text into the outbox; the sender wakes after COMMIT.
    pub fn add_text(&mut self, new: &NewText<'_>) -> Result<i64, StoreError> {
        let id = self.next_id();
        let words = self.seal(words_of(id), new.words)?;
        let now = self.now.timestamp_millis();
        self.connection
            .prepare_cached(
                "INSERT INTO outbox (id, phone_id, line, message_id, complaint_id, words, segments, state, due_at, created_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', ?8, ?8, ?8)",
            )?
            .execute(params![
                id, new.phone_id, new.line.expose(), new.message_id, new.complaint_id, words, new.segments, now
            ])?;
        self.tally(u32::from(new.message_id.is_some()), new.segments)?;
        self.wakes_outbox = true;
        Ok(id)
    }

    /// Puts the words of a text that did not reach the phone into the outbox anew, to be sent at `due_at`.
    pub fn add_retry(&mut self, of: i64, due_at: DateTime<Utc>) -> Result<(), StoreError> {
        let sealed: Vec<u8> = self
            .connection
            .prepare_cached("SELECT words FROM outbox WHERE id = ?1")?
            .query_row(params![of], |row| row.get(0))?;
        let id = self.next_id();
        let words = self.keys.open(words_of(of), &sealed)?;
        let words = self.seal(words_of(id), &words)?;
        let segments: u32 = self
            .connection
            .prepare_cached(
                "INSERT INTO outbox (id, phone_id, line, message_id, complaint_id, retry_of, words, segments, state, due_at, created_at, changed_at)
                 SELECT ?1, phone_id, line, message_id, complaint_id, id, ?2, segments, 'pending', ?3, ?4, ?4
                 FROM outbox WHERE id = ?5 RETURNING segments",
            )?
            .query_row(params![id, words, due_at.timestamp_millis(), self.now.timestamp_millis(), of], |row| row.get(0))?;
        self.tally(0, segments)
    }

    /// How many replies this phone was owed since `since`, counted up to `limit`.
    pub fn replies_to_phone(
        &self,
        phone_id: i64,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE phone_id = ?1 AND id >= ?2
                                       AND message_id IS NOT NULL AND retry_of IS NULL LIMIT ?3)",
            )?
            .query_row(
                params![phone_id, super::ids::first_at(since), limit],
                |row| row.get(0),
            )?)
    }

    /// Takes back what is still to be sent to a phone.
    pub fn withhold_texts(&mut self, phone_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE outbox SET state = 'withheld', changed_at = ?2 WHERE phone_id = ?1 AND state = 'pending'")?
            .execute(params![phone_id, self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Moves up to `most` texts that are due into `sending`, one a phone, each phone's oldest first, and counts the attempt
    /// before it is made. A text in `uncertain` holds nobody back. What was owed before `too_old` is given up instead.
    pub fn claim_texts(
        &mut self,
        most: usize,
        too_old: DateTime<Utc>,
    ) -> Result<Vec<Claimed>, StoreError> {
        let mut claimed = Vec::new();
        for due in self.due_texts(most)? {
            let state = if due.created_at < too_old {
                TextState::Expired
            } else {
                TextState::Sending
            };
            self.connection
                .prepare_cached(
                    "UPDATE outbox SET state = ?2, attempts = attempts + (?2 = 'sending'), changed_at = ?3 WHERE id = ?1",
                )?
                .execute(params![due.text.id, state.as_str(), self.now.timestamp_millis()])?;
            if state == TextState::Sending {
                claimed.push(due.text);
            }
        }
        Ok(claimed)
    }

    fn due_texts(&self, most: usize) -> Result<Vec<DueText>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.id, o.line, o.words, o.segments, o.attempts + 1, o.created_at, o.phone_id, p.address
             FROM outbox o JOIN phone p ON p.id = o.phone_id
             WHERE o.state = 'pending' AND o.due_at <= ?1
               AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.phone_id = o.phone_id AND earlier.id < o.id
                               AND earlier.state IN ('pending', 'sending'))
             ORDER BY o.due_at, o.id LIMIT ?2",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![self.now.timestamp_millis(), most])?;
        let mut due = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let (words, phone_id, address): (Vec<u8>, i64, Vec<u8>) =
                (row.get(2)?, row.get(6)?, row.get(7)?);
            let text = Claimed {
                id,
                to: Address::new(&self.keys.open(Phone::cell(phone_id), &address)?),
                line: Address::new(&row.get::<_, String>(1)?),
                words: self.keys.open(words_of(id), &words)?,
                segments: row.get(3)?,
                attempts: row.get(4)?,
            };
            due.push(DueText {
                text,
                created_at: super::time(row.get(5)?),
            });
        }
        Ok(due)
    }

    /// When the next text is due, of those that nothing holds back but time.
    pub fn next_text_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let due: Option<i64> = self
            .connection
            .prepare_cached("SELECT min(due_at) FROM outbox WHERE state = 'pending'")?
            .query_row([], |row| row.get(0))?;
        Ok(due.map(super::time))
    }

    /// Records what a hand-over came to. A status report may have been faster: then the row has left `sending`, and only
    /// the gateway's id is still news.
    pub fn settle_text(&mut self, id: i64, settled: &Settled) -> Result<(), StoreError> {
        let now = self.now.timestamp_millis();
        let connection = self.connection;
        match settled {
            Settled::Accepted { sid, delivery } => {
                connection
                    .prepare_cached("UPDATE outbox SET sid = coalesce(sid, ?2) WHERE id = ?1")?
                    .execute(params![id, sid])?;
                connection
                    .prepare_cached(
                        "UPDATE outbox SET state = ?2, delivery = ?3, why = NULL, changed_at = ?4 WHERE id = ?1 AND state = 'sending'",
                    )?
                    .execute(params![id, TextState::from(*delivery).as_str(), delivery.as_str(), now])?;
            }
            Settled::Again {
                due_at,
                why,
                counts,
            } => {
                connection
                    .prepare_cached(
                        "UPDATE outbox SET state = 'pending', due_at = ?2, why = ?3, attempts = attempts - ?4, changed_at = ?5
                         WHERE id = ?1 AND state = 'sending'",
                    )?
                    .execute(params![id, due_at.timestamp_millis(), why, i64::from(!counts), now])?;
            }
            Settled::Failed { code, opted_out } => {
                connection
                    .prepare_cached("UPDATE outbox SET state = 'failed', code = ?2, changed_at = ?3 WHERE id = ?1 AND state = 'sending'")?
                    .execute(params![id, code, now])?;
                if *opted_out {
                    let phone_id: i64 = connection
                        .prepare_cached("SELECT phone_id FROM outbox WHERE id = ?1")?
                        .query_row(params![id], |row| row.get(0))?;
                    self.set_stopped(phone_id, Some(self.now))?;
                    self.withhold_texts(phone_id)?;
                }
            }
            Settled::Uncertain { why } => {
                connection
                    .prepare_cached("UPDATE outbox SET state = 'uncertain', why = ?2, changed_at = ?3 WHERE id = ?1 AND state = 'sending'")?
                    .execute(params![id, why, now])?;
            }
        }
        Ok(())
    }

    /// The row that a report is about: by the outbox id of its query, else by the gateway's id.
    pub fn find_text(&self, id: Option<i64>, sid: &str) -> Result<Option<Found>, StoreError> {
        const WHAT: &str =
            "SELECT o.id, o.phone_id, p.stopped_at IS NOT NULL, o.delivery, o.sid, o.retry_of
                            FROM outbox o JOIN phone p ON p.id = o.phone_id";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Found {
                id: row.get(0)?,
                phone_id: row.get(1)?,
                stopped: row.get(2)?,
                delivery: row
                    .get::<_, Option<String>>(3)?
                    .as_deref()
                    .and_then(Delivery::from_word),
                sid: row.get(4)?,
                retry_of: row.get(5)?,
            })
        };
        let found = match id {
            Some(id) => {
                let sql = format!("{WHAT} WHERE o.id = ?1");
                self.connection
                    .prepare_cached(&sql)?
                    .query_row(params![id], read)
            }
            None => {
                let sql = format!("{WHAT} WHERE o.sid = ?1");
                self.connection
                    .prepare_cached(&sql)?
                    .query_row(params![sid], read)
            }
        };
        Ok(found.optional()?)
    }

    /// How often the text of a row was tried before it, as rows of their own.
    pub fn tries_before(&self, row: &Found) -> Result<usize, StoreError> {
        let mut tries = 0;
        let mut before = row.retry_of;
        let mut statement = self
            .connection
            .prepare_cached("SELECT retry_of FROM outbox WHERE id = ?1")?;
        while let Some(id) = before {
            tries += 1;
            before = statement.query_row(params![id], |row| row.get(0))?;
        }
        Ok(tries)
    }

    /// Moves a row up to the gateway's word. The caller has compared the ranks.
    pub fn advance_text(
        &mut self,
        id: i64,
        sid: &str,
        delivery: Delivery,
        code: Option<u32>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE outbox SET state = ?2, delivery = ?3, code = ?4, sid = ?5, why = NULL, changed_at = ?6 WHERE id = ?1",
            )?
            .execute(params![
                id,
                TextState::from(delivery).as_str(),
                delivery.as_str(),
                code,
                sid,
                self.now.timestamp_millis()
            ])?;
        Ok(())
    }

    /// After a start: what was `sending` when the last process ended may or may not have left; how many.
    pub fn doubt_interrupted_texts(&mut self) -> Result<usize, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "UPDATE outbox SET state = 'uncertain', why = 'jibu stopped while it was being sent', changed_at = ?1
                 WHERE state = 'sending'",
            )?
            .execute(params![self.now.timestamp_millis()])?)
    }

    /// Raises [`AlarmKind::OppositeReports`] for a text that ended in two ways.
    pub fn note_opposite_reports(&mut self) -> Result<(), StoreError> {
        self.raise_alarm(AlarmKind::OppositeReports)
    }
}

/// How many texts wait, are on the wire, or need a look. The others are not counted: they are as many as were ever sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// To be sent.
    pub pending: u32,
    /// On the wire.
    pub sending: u32,
    /// Nobody knows whether they left.
    pub uncertain: u32,
    /// Will not arrive.
    pub failed: u32,
    /// Became too old.
    pub expired: u32,
}

impl Reader<'_> {
    /// How the outbox stands.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let count = |sql| {
            self.connection
                .prepare_cached(sql)?
                .query_row([], |row| row.get(0))
        };
        Ok(OutboxCounts {
            pending: count("SELECT count(*) FROM outbox WHERE state = 'pending'")?,
            sending: count("SELECT count(*) FROM outbox WHERE state = 'sending'")?,
            uncertain: count("SELECT count(*) FROM outbox WHERE state = 'uncertain'")?,
            failed: count("SELECT count(*) FROM outbox WHERE state = 'failed'")?,
            expired: count("SELECT count(*) FROM outbox WHERE state = 'expired'")?,
        })
    }

    /// The rows that reply to a text.
    pub fn replies_to(&self, message_id: i64) -> Result<Vec<OutboxRow>, StoreError> {
        rows(
            self.connection,
            "WHERE o.id IN (SELECT id FROM outbox WHERE phone_id = (SELECT phone_id FROM message WHERE id = ?1) AND message_id = ?1) ORDER BY o.id",
            params![message_id],
        )
    }

    /// The words of a row.
    pub fn text_words(&self, id: i64) -> Result<String, StoreError> {
        let sealed: Vec<u8> = self
            .connection
            .prepare_cached("SELECT words FROM outbox WHERE id = ?1")?
            .query_row(params![id], |row| row.get(0))?;
        self.keys.open(words_of(id), &sealed)
    }
}

impl ReadOnly {
    /// The newest rows, at most `most`; of one state, or of all.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn outbox(
        &self,
        state: Option<TextState>,
        most: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        match state {
            Some(state) => rows(
                &self.0,
                "WHERE o.state = ?1 ORDER BY o.id DESC LIMIT ?2",
                params![state.as_str(), most],
            ),
            None => rows(&self.0, "ORDER BY o.id DESC LIMIT ?1", params![most]),
        }
    }
}

fn rows(
    connection: &Connection,
    which: &str,
    given: impl rusqlite::Params,
) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT o.id, o.state, o.attempts, c.number, o.code, o.why, o.delivery, o.created_at, o.changed_at
         FROM outbox o LEFT JOIN complaint c ON c.id = o.complaint_id {which}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(given, |row| {
        Ok(OutboxRow {
            id: row.get(0)?,
            state: row.get(1)?,
            attempts: row.get(2)?,
            number: row
                .get::<_, Option<i64>>(3)?
                .map(|number| TrackingNumber::from_value(number.cast_unsigned())),
            code: row.get(4)?,
            why: row.get(5)?,
            delivery: row.get(6)?,
            created_at: super::time(row.get(7)?),
            changed_at: super::time(row.get(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
