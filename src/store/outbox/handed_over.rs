//! The way out: claimed before the first byte leaves, settled when it is known what that came to.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::{TextState, words_of};
use crate::complaint::{Address, Delivery};
use crate::store::error::StoreError;
use crate::store::ids::first_at;
use crate::store::phone::Phone;
use crate::store::time;
use crate::store::tx::Tx;

/// What was on the wire when the last process ended. The second condition is the index's.
const INTERRUPTED: &str = "UPDATE outbox SET state = 'uncertain', why = 'jibu stopped while it was being sent', changed_at = ?1
     WHERE state = 'sending' AND state IN ('sending', 'uncertain', 'failed', 'expired')";

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

/// What a look at the table came to.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Now in `sending`.
    pub claimed: Vec<Claimed>,
    /// How many were due and are given up: too old, or not to be opened. There may be more behind them.
    pub given_up: usize,
}

struct DueText {
    id: i64,
    /// `None`: the words or the number do not open.
    text: Option<Claimed>,
    created_at: DateTime<Utc>,
}

impl DueText {
    /// What becomes of it, and why if it is given up.
    fn fate(&self, too_old: DateTime<Utc>) -> (TextState, Option<&'static str>) {
        match self.text {
            _ if self.created_at < too_old => (TextState::Expired, None),
            Some(_) => (TextState::Sending, None),
            None => (
                TextState::Failed,
                Some("its words or its number do not open: altered, or sealed with another key"),
            ),
        }
    }
}

impl Tx<'_> {
    /// Moves up to `most` texts that are due into `sending`, one a phone, each phone's oldest first, and counts the attempt
    /// before it is made. A text in `uncertain` holds nobody back. What was owed `expires_after` ago is given up instead, and so is
    /// what does not open: one damaged row must not hold back all the others. By a clock that is not believed nothing is too old, and
    /// yet texts leave: who asks now is answered now.
    pub fn claim_texts(
        &mut self,
        most: usize,
        expires_after: TimeDelta,
    ) -> Result<Look, StoreError> {
        let mut look = Look::default();
        let too_old = self.too_old(expires_after)?.unwrap_or(DateTime::UNIX_EPOCH);
        for due in self.due_texts(most, too_old)? {
            let (state, why) = due.fate(too_old);
            self.connection
                .prepare_cached(
                    "UPDATE outbox SET state = ?2, attempts = attempts + (?2 = 'sending'), why = coalesce(?3, why), changed_at = ?4
                     WHERE id = ?1",
                )?
                .execute(params![due.id, state.as_str(), why, self.now.timestamp_millis()])?;
            match due.text.filter(|_| state == TextState::Sending) {
                Some(text) => look.claimed.push(text),
                None => {
                    self.note_arrival(due.id, false)?;
                    look.given_up += 1;
                }
            }
        }
        Ok(look)
    }

    /// The first `most` texts that are due and not behind an earlier one. An earlier one from before `too_old` is no
    /// hindrance: it is given up when its turn comes; nor is what waits for its time without having been tried: a receipt, or what is sent
    /// anew to a phone that was off; nor a notice that waits for more news.
    fn due_texts(&self, most: usize, too_old: DateTime<Utc>) -> Result<Vec<DueText>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.id, o.line, o.words, o.segments, o.attempts + 1, o.created_at, o.phone_id, p.address
             FROM outbox o JOIN phone p ON p.id = o.phone_id
             WHERE o.state = 'pending' AND o.due_at <= ?1
               AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.phone_id = o.phone_id AND earlier.id < o.id
                               AND earlier.id >= ?2 AND earlier.state IN ('pending', 'sending')
                               AND NOT (earlier.due_at > ?1 AND (earlier.notice = 1 OR earlier.attempts = 0)))
             ORDER BY o.due_at, o.id",
        )?;
        let mut rows = statement.query(params![self.now.timestamp_millis(), first_at(too_old)])?;
        let mut due = Vec::new();
        while due.len() < most
            && let Some(row) = rows.next()?
        {
            let id = row.get(0)?;
            let text = match self.opened(id, row) {
                Ok(text) => Some(text),
                Err(error @ StoreError::Sealed { .. }) => {
                    tracing::error!(outbox.id = id, %error, "A text cannot be sent");
                    None
                }
                Err(error) => return Err(error),
            };
            due.push(DueText {
                id,
                text,
                created_at: time(row.get(5)?),
            });
        }
        Ok(due)
    }

    fn opened(&self, id: i64, row: &rusqlite::Row<'_>) -> Result<Claimed, StoreError> {
        let (words, phone_id, address): (Vec<u8>, i64, Vec<u8>) =
            (row.get(2)?, row.get(6)?, row.get(7)?);
        Ok(Claimed {
            id,
            to: Address::new(&self.keys.open(Phone::cell(phone_id), &address)?),
            line: Address::new(&row.get::<_, String>(1)?),
            words: self.keys.open(words_of(id), &words)?,
            segments: row.get(3)?,
            attempts: row.get(4)?,
        })
    }

    /// When the next text is due, of those that nothing holds back but time.
    pub fn next_text_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let due: Option<i64> = self
            .connection
            .prepare_cached("SELECT min(due_at) FROM outbox WHERE state = 'pending'")?
            .query_row([], |row| row.get(0))?;
        Ok(due.map(time))
    }

    /// Records what a hand-over came to. A status report may have been faster: then the row has left `sending`, and only
    /// the gateway's id is still news.
    pub fn settle_text(&mut self, id: i64, settled: &Settled) -> Result<(), StoreError> {
        let now = self.now.timestamp_millis();
        let connection = self.connection;
        match settled {
            Settled::Accepted { sid, delivery } => {
                connection
                    // An id that the gateway gave to another text already tells nothing of this one.
                    .prepare_cached(
                        "UPDATE outbox SET sid = ?2
                         WHERE id = ?1 AND sid IS NULL AND NOT EXISTS (SELECT 1 FROM outbox WHERE sid = ?2)",
                    )?
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
                let state = self.state_after_the_wire(id)?.as_str();
                connection
                    .prepare_cached(
                        "UPDATE outbox SET due_at = ?2, why = ?3, attempts = attempts - ?4, changed_at = ?5, state = ?6
                         WHERE id = ?1 AND state = 'sending'",
                    )?
                    .execute(params![id, due_at.timestamp_millis(), why, i64::from(!counts), now, state])?;
            }
            Settled::Failed { code, opted_out } => {
                connection
                    .prepare_cached("UPDATE outbox SET state = 'failed', code = ?2, changed_at = ?3 WHERE id = ?1 AND state = 'sending'")?
                    .execute(params![id, code, now])?;
                self.note_arrival(id, false)?;
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

    /// After a start: what was `sending` when the last process ended may or may not have left; how many.
    pub fn doubt_interrupted_texts(&mut self) -> Result<usize, StoreError> {
        Ok(self
            .connection
            .prepare_cached(INTERRUPTED)?
            .execute(params![self.now.timestamp_millis()])?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plan::plan;

    #[test]
    fn a_start_does_not_read_all_that_was_ever_sent() {
        let steps = plan(INTERRUPTED, &[7.into()]);
        assert!(steps[0].contains("outbox_trouble"), "{steps:?}");
    }
}
