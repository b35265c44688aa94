//! Phones.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::keys::Cell;
use super::question::{Asked, read_asked};
use super::tx::Tx;
use crate::complaint::{Address, LanguageId};

/// What is known of a phone.
#[derive(Clone, Debug)]
pub struct Phone {
    /// Its row.
    pub id: i64,
    /// The language last recognised in its texts.
    pub language: Option<LanguageId>,
    /// Whether no text may be sent to it.
    pub stopped: bool,
    /// What it was asked and has not answered.
    pub asked: Option<Asked>,
}

impl Phone {
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
                "SELECT phone.id, phone.language, phone.stopped_at IS NOT NULL,
                        question.complaint_id, complaint.county, question.choices, question.asked_at, question.times,
                        complaint.holder, question.kind
                 FROM phone
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
            language: language.cloned(),
            stopped: false,
            asked: None,
        })
    }

    /// Remembers the language of the phone's last text, where that told one.
    fn with_language(
        &mut self,
        mut phone: Phone,
        language: Option<&LanguageId>,
    ) -> Result<Phone, StoreError> {
        if let Some(language) = language
            && phone.language.as_ref() != Some(language)
        {
            self.connection
                .prepare_cached("UPDATE phone SET language = ?2 WHERE id = ?1")?
                .execute(params![phone.id, language.as_str()])?;
            phone.language = Some(language.clone());
        }
        Ok(phone)
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
        Ok(())
    }
}

fn read_phone(row: &Row<'_>) -> rusqlite::Result<Result<Phone, StoreError>> {
    let asked = match row.get(3)? {
        Some(complaint_id) => match read_asked(row, complaint_id, 4)? {
            Ok(asked) => Some(asked),
            Err(error) => return Ok(Err(error)),
        },
        None => None,
    };
    Ok(Ok(Phone {
        id: row.get(0)?,
        language: row.get::<_, Option<String>>(1)?.map(LanguageId::new),
        stopped: row.get(2)?,
        asked,
    }))
}
