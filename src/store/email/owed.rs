//! What a fact owes by email: put into the outbox in the fact's own transaction, once, and taken back when it is no longer so.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::{Eyes, MAY_BE_SEEN, cell};
use crate::complaint::OrganisationId;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::tx::Tx;

/// Whom an email comes from, where that is not who `service.toml` names.
#[derive(Clone, Copy)]
pub struct EmailFrom<'a> {
    /// As the reader sees it.
    pub name: &'a str,
    /// The address; the mail server must let us send as it.
    pub address: &'a str,
}

/// An email to be sent.
pub struct NewEmail<'a> {
    /// What owes it: a second one with the same key is not written. `reminder:482109375:1`.
    pub key: &'a str,
    /// A word for people: `reminder`, `escalation`, `digest`, `referral`, `report`.
    pub purpose: &'a str,
    /// The organisation that it goes to.
    pub organisation: Option<&'a OrganisationId>,
    /// The address.
    pub to: &'a str,
    /// Whom it comes from; `None`: `email.from` and `email.from_name`.
    pub from: Option<EmailFrom<'a>>,
    /// Where an answer goes, if not there.
    pub reply_to: Option<&'a str>,
    /// The subject, one line.
    pub subject: &'a str,
    /// What it says.
    pub plain: &'a str,
    /// The same as HTML.
    pub html: Option<&'a str>,
    /// The key of the email that it stands below in the reader's mailbox; one that was never owed is none.
    pub follows: Option<&'a str>,
    /// Not sent before then.
    pub due_at: DateTime<Utc>,
}

impl Tx<'_> {
    /// Puts an email into the outbox; the sender wakes after COMMIT. `false`: its key was there already, and nothing is written.
    pub fn add_email(&mut self, new: &NewEmail<'_>) -> Result<bool, StoreError> {
        if self.reader().owes_email(new.key)? {
            return Ok(false);
        }
        let follows = match new.follows {
            Some(key) => self.reader().email_with_key(key)?,
            None => None,
        };
        let id = self.next_id();
        let to = self.seal(cell(id, "to_address"), new.to)?;
        let from_name = self.seal_some(id, "from_name", new.from.map(|from| from.name))?;
        let from_address = self.seal_some(id, "from_address", new.from.map(|from| from.address))?;
        let reply_to = self.seal_some(id, "reply_to", new.reply_to)?;
        let subject = self.seal(cell(id, "subject"), new.subject)?;
        let plain = self.seal(cell(id, "plain"), new.plain)?;
        let html = self.seal_some(id, "html", new.html)?;
        self.connection
            .prepare_cached(
                "INSERT INTO email (id, key, purpose, organisation, to_address, from_name, from_address, reply_to, subject, plain, html,
                                    follows, state, due_at, wanted_at, created_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'pending', ?13, ?13, ?14, ?14)",
            )?
            .execute(params![
                id,
                new.key,
                new.purpose,
                new.organisation.map(OrganisationId::as_str),
                to,
                from_name,
                from_address,
                reply_to,
                subject,
                plain,
                html,
                follows,
                new.due_at.timestamp_millis(),
                self.now.timestamp_millis(),
            ])?;
        self.wakes_emails = true;
        Ok(true)
    }

    /// Sends one again by hand that failed, was given up or is in doubt, under its own Message-ID; `false`: there is no such one, or it is
    /// not for them to know of.
    pub fn resend_email(&mut self, id: i64, eyes: &Eyes) -> Result<bool, StoreError> {
        let resent = self
            .connection
            .prepare_cached(&format!(
                "UPDATE email SET state = 'pending', attempts = 0, due_at = ?2, wanted_at = ?2, changed_at = ?2
                 WHERE id = ?3 AND state IN ('failed', 'uncertain', 'expired') AND {MAY_BE_SEEN}"
            ))?
            .execute(params![eyes.of(), self.now.timestamp_millis(), id])?;
        self.wakes_emails |= resent > 0;
        Ok(resent > 0)
    }

    fn seal_some(
        &mut self,
        id: i64,
        column: &'static str,
        plain: Option<&str>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        plain
            .map(|plain| self.seal(cell(id, column), plain))
            .transpose()
    }
}

impl Reader<'_> {
    /// Whether an email with that key was ever owed.
    pub fn owes_email(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.email_with_key(key)?.is_some())
    }

    fn email_with_key(&self, key: &str) -> Result<Option<i64>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT id FROM email WHERE key = ?1")?
            .query_row(params![key], |row| row.get(0))
            .optional()?)
    }
}
