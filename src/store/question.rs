//! What a phone was asked.

use rusqlite::{Row, params};

use super::error::StoreError;
use super::tx::Tx;
use crate::complaint::{CountyId, OrganisationId, PlaceId};
use crate::intake::{Asks, Question};

/// A question, and what it is about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The complaint.
    pub complaint_id: i64,
    /// Its county.
    pub county: CountyId,
    /// Who has it.
    pub holder: OrganisationId,
    /// What was asked.
    pub question: Question,
}

impl Tx<'_> {
    /// Remembers what a phone is asked about a complaint, instead of what it was asked before. `choices` are the places that the
    /// digits from 1 on mean; `times` how often it is asked by now.
    pub fn ask(
        &mut self,
        phone_id: i64,
        complaint_id: i64,
        asks: Asks,
        choices: &[PlaceId],
        times: u32,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO question (phone_id, complaint_id, kind, choices, asked_at, times)
                 VALUES (?1, ?2, ?6, ?3, ?4, ?5)",
            )?
            .execute(params![
                phone_id,
                complaint_id,
                to_json(choices),
                self.now.timestamp_millis(),
                times,
                asks.as_str(),
            ])?;
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

/// Reads a question from its columns, which begin with `first`.
pub(super) fn read_asked(
    row: &Row<'_>,
    complaint_id: i64,
    first: usize,
) -> rusqlite::Result<Result<Asked, StoreError>> {
    let asks: String = row.get(first + 5)?;
    let Some(asks) = Asks::from_word(&asks) else {
        return Ok(Err(StoreError::Unknown("question.kind")));
    };
    let choices: String = row.get(first + 1)?;
    let Ok(choices) = serde_json::from_str::<Vec<String>>(&choices) else {
        return Ok(Err(StoreError::Unknown("question.choices")));
    };
    Ok(Ok(Asked {
        complaint_id,
        county: CountyId::new(row.get::<_, String>(first)?),
        holder: OrganisationId::new(row.get::<_, String>(first + 4)?),
        question: Question {
            asks,
            choices: choices.into_iter().map(PlaceId::new).collect(),
            asked_at: super::time(row.get(first + 2)?),
            times: row.get(first + 3)?,
        },
    }))
}

/// Places as a column keeps them.
pub(super) fn to_json(places: &[PlaceId]) -> String {
    serde_json::Value::from_iter(places.iter().map(PlaceId::as_str)).to_string()
}
