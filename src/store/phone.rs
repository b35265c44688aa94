//! Phones.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::keys::Cell;
use super::question::{Asked, read_asked};
use super::turnable::{Turnable, read_turnable};
use super::tx::Tx;
use crate::complaint::{Address, LanguageId};

/// What is known of a phone.
#[derive(Clone, Debug)]
pub struct Phone {
    /// Its row.
    pub id: i64,
    /// Whether it never texted before: then there is nothing of it to look for.
    pub is_new: bool,
    /// The language that was chosen for it, or last recognised in its texts.
    pub language: Option<LanguageId>,
    /// Whether it was chosen: then texts in another do not change it.
    pub language_chosen: bool,
    /// Whether no text may be sent to it.
    pub stopped: bool,
    /// What it was asked and has not answered.
    pub asked: Option<Asked>,
    /// What its last text was taken for, where that can be turned.
    pub turnable: Option<Turnable>,
    /// The complaint that was last talked about with it.
    pub about: Option<TalkedAbout>,
}

/// A complaint that was talked about with a phone.
#[derive(Clone, Copy, Debug)]
pub struct TalkedAbout {
    /// Its row.
    pub complaint_id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the phone's text about it filled a segment, so that another part of it may follow.
    pub full: bool,
}

impl Phone {
    /// As it was then: whoever wrote then answers nothing that was asked later, and takes back nothing that was done later.
    pub fn forget_what_came_after(&mut self, then: DateTime<Utc>) {
        self.asked.take_if(|asked| asked.question.asked_at > then);
        self.turnable.take_if(|done| done.at > then);
    }

    pub(super) fn cell(row: i64) -> Cell {
        Cell {
            table: "phone",
            row,
            column: "address",
        }
    }
}

impl Tx<'_> {
    /// The phone with that address, known from now on if it was not; `language` is that of the text which it sent.
    pub fn phone(
        &mut self,
        address: &Address,
        language: Option<&LanguageId>,
    ) -> Result<Phone, StoreError> {
        let lookup = self.keys.lookup(address);
        let known = self
            .connection
            .prepare_cached(
                "SELECT phone.id, phone.language, phone.stopped_at IS NOT NULL, phone.language_chosen, phone.about, phone.about_at,
                        phone.about_full,
                        question.kind, question.choices, question.asked_at, question.times,
                        question.complaint_id, complaint.county, complaint.holder, complaint.sensitive,
                        turnable.did, turnable.message_id, turnable.complaint_id, turnable.other_id, turnable.at
                 FROM phone
                 LEFT JOIN turnable ON turnable.phone_id = phone.id
                 LEFT JOIN question ON question.phone_id = phone.id
                 LEFT JOIN complaint ON complaint.id = question.complaint_id
                 WHERE phone.lookup = ?1",
            )?
            .query_row(params![lookup], read_phone)
            .optional()?
            .transpose()?;
        match known {
            Some(phone) => self.with_language(phone, language),
            None => self.add_phone(address, lookup, language),
        }
    }

    /// The same of a phone that somebody names, whose it need not be: only one that is new gets the language.
    pub fn phone_that_is_named(
        &mut self,
        address: &Address,
        language: Option<&LanguageId>,
    ) -> Result<Phone, StoreError> {
        let phone = self.phone(address, None)?;
        if phone.is_new {
            self.with_language(phone, language)
        } else {
            Ok(phone)
        }
    }

    fn add_phone(
        &mut self,
        address: &Address,
        lookup: [u8; 16],
        language: Option<&LanguageId>,
    ) -> Result<Phone, StoreError> {
        let id = self.next_id();
        let sealed = self.seal(Phone::cell(id), address.expose())?;
        self.connection
            .prepare_cached(
                "INSERT INTO phone (id, lookup, address, language) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                id,
                lookup,
                sealed,
                language.map(LanguageId::as_str)
            ])?;
        Ok(Phone {
            id,
            is_new: true,
            language: language.cloned(),
            language_chosen: false,
            stopped: false,
            asked: None,
            turnable: None,
            about: None,
        })
    }

    /// Remembers the language of the phone's last text, where that told one and none was chosen.
    fn with_language(
        &mut self,
        mut phone: Phone,
        language: Option<&LanguageId>,
    ) -> Result<Phone, StoreError> {
        if let Some(language) = language
            && !phone.language_chosen
            && phone.language.as_ref() != Some(language)
        {
            self.connection
                .prepare_cached("UPDATE phone SET language = ?2 WHERE id = ?1")?
                .execute(params![phone.id, language.as_str()])?;
            phone.language = Some(language.clone());
        }
        Ok(phone)
    }

    /// Texts to it are in this language from now on, also those about what is open already.
    pub fn choose_language(
        &mut self,
        phone_id: i64,
        language: &LanguageId,
    ) -> Result<(), StoreError> {
        let chosen = params![phone_id, language.as_str()];
        self.connection
            .prepare_cached("UPDATE phone SET language = ?2, language_chosen = 1 WHERE id = ?1")?
            .execute(chosen)?;
        self.connection
            .prepare_cached(
                "UPDATE complaint SET language = ?2 WHERE phone_id = ?1 AND status <> 'closed'",
            )?
            .execute(chosen)?;
        Ok(())
    }

    /// Texts about a complaint of no phone are in this language.
    pub fn set_language(
        &mut self,
        complaint_id: i64,
        language: &LanguageId,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET language = ?2 WHERE id = ?1")?
            .execute(params![complaint_id, language.as_str()])?;
        Ok(())
    }

    /// Whether what is talked about with it is kept private and not over: nothing but a text of its own leads away from that.
    pub fn speaks_of_what_is_private(&self, phone_id: i64) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM phone JOIN complaint ON complaint.id = phone.about
                     WHERE phone.id = ?1 AND complaint.sensitive = 1 AND complaint.status <> 'closed')",
            )?
            .query_row(params![phone_id], |row| row.get(0))?)
    }

    /// This complaint is talked about with it, now; `full`: in a text of the phone's that filled a segment.
    pub fn talk_about(
        &mut self,
        phone_id: i64,
        complaint_id: i64,
        full: bool,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE phone SET about = ?2, about_at = ?3, about_full = ?4 WHERE id = ?1",
            )?
            .execute(params![
                phone_id,
                complaint_id,
                self.now.timestamp_millis(),
                full
            ])?;
        Ok(())
    }

    /// Whether it wrote START after then.
    pub fn wrote_start_after(
        &self,
        phone_id: i64,
        then: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM message WHERE phone_id = ?1 AND outcome = 'start' AND received_at > ?2)",
            )?
            .query_row(params![phone_id, then.timestamp_millis()], |row| row.get(0))?)
    }

    /// Whether no text may be sent to it, since after then.
    pub fn stopped_after(&self, phone_id: i64, then: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT coalesce(stopped_at > ?2, 0) FROM phone WHERE id = ?1")?
            .query_row(params![phone_id, then.timestamp_millis()], |row| row.get(0))?)
    }

    /// No text may be sent to it from `since` on; `None`: it may be texted again.
    pub fn set_stopped(
        &mut self,
        phone_id: i64,
        since: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE phone SET stopped_at = ?2 WHERE id = ?1")?
            .execute(params![phone_id, since.map(|at| at.timestamp_millis())])?;
        self.note_stop(phone_id, since.is_some())
    }
}

fn read_phone(row: &Row<'_>) -> rusqlite::Result<Result<Phone, StoreError>> {
    let asked = match read_asked(row, 7)? {
        Ok(asked) => asked,
        Err(error) => return Ok(Err(error)),
    };
    let about = match row.get(4)? {
        Some(complaint_id) => Some(TalkedAbout {
            complaint_id,
            at: super::time(row.get(5)?),
            full: row.get(6)?,
        }),
        None => None,
    };
    Ok(Ok(Phone {
        id: row.get(0)?,
        is_new: false,
        language: row.get::<_, Option<String>>(1)?.map(LanguageId::new),
        stopped: row.get(2)?,
        language_chosen: row.get(3)?,
        asked,
        turnable: read_turnable(row, 15)?,
        about,
    }))
}
