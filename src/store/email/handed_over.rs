//! The way out: claimed before the first byte leaves, settled when it is known what that came to.

use std::fmt;

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::{EmailState, cell};
use crate::complaint::EmailFailure;
use crate::store::error::StoreError;
use crate::store::keys::Keys;
use crate::store::time;
use crate::store::tx::Tx;

/// An email that is now in `sending`, for the sender. `Debug` shows no address and no words.
#[derive(Clone)]
pub struct ClaimedEmail {
    /// Its row.
    pub id: i64,
    /// To whom.
    pub to: String,
    /// From whom: name and address; `None`: as the settings say.
    pub from: Option<(String, String)>,
    /// Where an answer goes.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub plain: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// The row that it follows.
    pub follows: Option<i64>,
    /// How often it was handed over, this time included.
    pub attempts: u32,
}

impl fmt::Debug for ClaimedEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClaimedEmail")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl ClaimedEmail {
    /// Reads a row that has the columns of its fields.
    pub(super) fn open(keys: &Keys, row: &Row<'_>) -> Result<Self, StoreError> {
        let id = row.get("id")?;
        let open = |column: &'static str| -> Result<Option<String>, StoreError> {
            let sealed: Option<Vec<u8>> = row.get(column)?;
            sealed
                .map(|sealed| keys.open(cell(id, column), &sealed))
                .transpose()
        };
        let must = |column| open(column).map(Option::unwrap_or_default);
        Ok(Self {
            id,
            to: must("to_address")?,
            from: open("from_address")?
                .map(|address| Ok::<_, StoreError>((must("from_name")?, address)))
                .transpose()?,
            reply_to: open("reply_to")?,
            subject: must("subject")?,
            plain: must("plain")?,
            html: open("html")?,
            follows: row.get("follows")?,
            attempts: row.get("attempts")?,
        })
    }
}

/// The numbers of a mail server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerReply {
    /// By RFC 5321.
    pub code: u16,
    /// By RFC 3463.
    pub status: Option<String>,
}

/// What handing an email over came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailSettled {
    /// The server has it.
    Sent(ServerReply),
    /// Proven not to have been taken.
    Again {
        /// Not before then.
        due_at: DateTime<Utc>,
        /// Why not.
        why: EmailFailure,
        /// What the server said.
        reply: Option<ServerReply>,
        /// Whether it was the email's turn that failed, or none gets through at all (which counts no attempt).
        counts: bool,
    },
    /// It will not arrive.
    Failed {
        /// Why not.
        why: EmailFailure,
        /// What the server said.
        reply: Option<ServerReply>,
    },
    /// Nobody knows.
    Uncertain(EmailFailure),
}

impl EmailSettled {
    /// The word in logs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Sent(_) => "sent",
            Self::Again { .. } => "again",
            Self::Failed { .. } => "failed",
            Self::Uncertain(_) => "uncertain",
        }
    }
}

/// What a look at the table came to.
#[derive(Clone, Debug, Default)]
pub struct EmailLook {
    /// Now in `sending`.
    pub claimed: Vec<ClaimedEmail>,
    /// How many were due and are given up: too old, or not to be opened. There may be more behind them.
    pub given_up: usize,
}

impl Tx<'_> {
    /// Moves up to `most` emails that are due into `sending`, the longest due first, and counts the attempt before it is made. What
    /// was to leave before `too_old` is given up instead, and so is what does not open.
    pub fn claim_emails(
        &mut self,
        most: usize,
        too_old: DateTime<Utc>,
    ) -> Result<EmailLook, StoreError> {
        let mut look = EmailLook::default();
        // By a clock that jumped, all of them would be too old.
        if !self.is_clock_believed()? {
            return Ok(look);
        }
        for (id, wanted_at, email) in self.due_emails(most)? {
            let (state, why) = match &email {
                _ if wanted_at < too_old => (EmailState::Expired, None),
                Some(_) => (EmailState::Sending, None),
                None => (EmailState::Failed, Some(EmailFailure::Sealed.as_str())),
            };
            self.connection
                .prepare_cached(
                    "UPDATE email SET state = ?2, attempts = attempts + (?2 = 'sending'), why = coalesce(?3, why), changed_at = ?4
                     WHERE id = ?1",
                )?
                .execute(params![id, state.as_str(), why, self.now.timestamp_millis()])?;
            match email.filter(|_| state == EmailState::Sending) {
                Some(email) => look.claimed.push(email),
                None => look.given_up += 1,
            }
        }
        Ok(look)
    }

    /// Each with when it was to leave; without the email itself where that does not open.
    #[expect(clippy::type_complexity, reason = "read in one place, just above")]
    fn due_emails(
        &self,
        most: usize,
    ) -> Result<Vec<(i64, DateTime<Utc>, Option<ClaimedEmail>)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, wanted_at, to_address, from_name, from_address, reply_to, subject, plain, html, follows, attempts + 1 AS attempts
             FROM email WHERE state = 'pending' AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![self.now.timestamp_millis(), most])?;
        let mut due = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let email = match ClaimedEmail::open(self.keys, row) {
                Ok(email) => Some(email),
                Err(error @ StoreError::Sealed { .. }) => {
                    tracing::error!(email.id = id, %error, "An email cannot be sent");
                    None
                }
                Err(error) => return Err(error),
            };
            due.push((id, time(row.get(1)?), email));
        }
        Ok(due)
    }

    /// When the next email is due.
    pub fn next_email_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let due: Option<i64> = self
            .connection
            .prepare_cached("SELECT min(due_at) FROM email WHERE state = 'pending'")?
            .query_row([], |row| row.get(0))?;
        Ok(due.map(time))
    }

    /// Records what handing it over came to.
    pub fn settle_email(&mut self, id: i64, settled: &EmailSettled) -> Result<(), StoreError> {
        let (state, due_at, why, reply, uncounted) = match settled {
            EmailSettled::Sent(reply) => (EmailState::Sent, None, None, Some(reply), false),
            EmailSettled::Again {
                due_at,
                why,
                reply,
                counts,
            } => (
                EmailState::Pending,
                Some(due_at.timestamp_millis()),
                Some(why),
                reply.as_ref(),
                !counts,
            ),
            EmailSettled::Failed { why, reply } => {
                (EmailState::Failed, None, Some(why), reply.as_ref(), false)
            }
            EmailSettled::Uncertain(why) => (EmailState::Uncertain, None, Some(why), None, false),
        };
        self.connection
            .prepare_cached(
                "UPDATE email SET state = ?2, due_at = coalesce(?3, due_at), why = ?4, code = ?5, status = ?6,
                                  attempts = attempts - ?7, changed_at = ?8
                 WHERE id = ?1 AND state = 'sending'",
            )?
            .execute(params![
                id,
                state.as_str(),
                due_at,
                why.map(|why| why.as_str()),
                reply.map(|reply| reply.code),
                reply.and_then(|reply| reply.status.as_deref()),
                uncounted,
                self.now.timestamp_millis(),
            ])?;
        Ok(())
    }

    /// After a start: what was `sending` when the last process ended may or may not have left; how many.
    pub fn doubt_interrupted_emails(&mut self) -> Result<usize, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                // The second condition is the index's.
                "UPDATE email SET state = 'uncertain', why = ?1, changed_at = ?2
                 WHERE state = 'sending' AND state NOT IN ('sent', 'withheld')",
            )?
            .execute(params![
                EmailFailure::Interrupted.as_str(),
                self.now.timestamp_millis()
            ])?)
    }
}
