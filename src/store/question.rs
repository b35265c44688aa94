//! What a phone was asked.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::error::StoreError;
use super::tx::Tx;
use crate::complaint::{CountyId, OrganisationId};
use crate::intake::{Asks, Question};

/// A question, and what it is about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The complaint; `None`: it is about none.
    pub about: Option<AskedAbout>,
    /// What was asked.
    pub question: Question,
}

/// The complaint that a question is about.
#[derive(Clone, Debug)]
pub struct AskedAbout {
    /// Its row.
    pub complaint_id: i64,
    /// Its county.
    pub county: CountyId,
    /// Who has it.
    pub holder: OrganisationId,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
}

impl Tx<'_> {
    /// Remembers what a phone is asked, instead of what it was asked before; `complaint_id` is what it is about, if anything. `choices`
    /// are the ids that the digits from 1 on mean; `times` how often it is asked by then, at `asked_at`, when the text that asks leaves.
    pub fn ask(
        &mut self,
        phone_id: i64,
        complaint_id: Option<i64>,
        asks: Asks,
        choices: &[String],
        times: u32,
        asked_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO question (phone_id, complaint_id, kind, choices, asked_at, times)
                 VALUES (?1, ?2, ?6, ?3, ?4, ?5)",
            )?
            .execute(params![
                phone_id,
                complaint_id,
                serde_json::Value::from(choices).to_string(),
                asked_at.timestamp_millis(),
                times,
                asks.as_str(),
            ])?;
        Ok(())
    }

    /// The phone is asked nothing any more.
    pub fn forget_asked(&mut self, phone_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM question WHERE phone_id = ?1")?
            .execute(params![phone_id])?;
        Ok(())
    }

    /// Nobody is asked any more about this complaint.
    pub fn forget_question(&mut self, phone_id: i64, complaint_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM question WHERE phone_id = ?1 AND complaint_id = ?2")?
            .execute(params![phone_id, complaint_id])?;
        Ok(())
    }
}

/// Reads a question from its columns, which begin with `first`; `None` where they hold none.
pub(super) fn read_asked(
    row: &Row<'_>,
    first: usize,
) -> rusqlite::Result<Result<Option<Asked>, StoreError>> {
    let Some(asks) = row.get::<_, Option<String>>(first)? else {
        return Ok(Ok(None));
    };
    let Some(asks) = Asks::from_word(&asks) else {
        return Ok(Err(StoreError::Unknown("question.kind")));
    };
    let choices: String = row.get(first + 1)?;
    let Ok(choices) = serde_json::from_str(&choices) else {
        return Ok(Err(StoreError::Unknown("question.choices")));
    };
    let question = Question {
        asks,
        choices,
        asked_at: super::time(row.get(first + 2)?),
        times: row.get(first + 3)?,
    };
    let about = match row.get(first + 4)? {
        Some(complaint_id) => Some(AskedAbout {
            complaint_id,
            county: CountyId::new(row.get::<_, String>(first + 5)?),
            holder: OrganisationId::new(row.get::<_, String>(first + 6)?),
            sensitive: row.get(first + 7)?,
        }),
        None => None,
    };
    Ok(Ok(Some(Asked { about, question })))
}
