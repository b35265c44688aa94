//! What complainants tell of themselves and of their complaint when they are asked.

use chrono::TimeDelta;
use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::ids;
use super::phone::Phone;
use super::tx::Tx;
use crate::complaint::{AgeGroup, Gender, SectorId};

/// Who somebody is, as far as they said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Their gender.
    pub gender: Option<Gender>,
    /// Their age group.
    pub age_group: Option<AgeGroup>,
}

/// So long it is taken to be the same person who holds the phone. Phones are lent and shared, so that it is not for ever.
const SAME_PERSON: TimeDelta = TimeDelta::hours(24);

impl Tx<'_> {
    /// What was told with the phone's last complaint, or with the last one before that one, if it came within a day; `None`: none did.
    /// What was told longer ago and taken in now is none of these.
    /// What was brought on behalf of somebody else tells of that other person, and is left out.
    pub fn told_lately(
        &self,
        phone: &Phone,
        before: Option<i64>,
    ) -> Result<Option<Told>, StoreError> {
        if phone.is_new {
            return Ok(None);
        }
        let since = self.now - SAME_PERSON;
        let before = before.unwrap_or(i64::MAX);
        let told: Option<(Option<String>, Option<String>)> = self
            .connection
            .prepare_cached(
                "SELECT gender, age_group FROM complaint WHERE phone_id = ?1 AND id >= ?2 AND id < ?3 AND opened_at >= ?4
                   AND NOT EXISTS (SELECT 1 FROM lodging WHERE complaint_id = complaint.id AND brought_by IS NOT NULL)
                 ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![phone.id, ids::first_at(since), before, since.timestamp_millis()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(told.map(|(gender, age_group)| Told {
            gender: gender.as_deref().and_then(Gender::from_word),
            age_group: age_group.as_deref().and_then(AgeGroup::from_word),
        }))
    }

    /// The complainant's gender, of this complaint and of what the phone opened within a day after it.
    pub fn set_gender(
        &mut self,
        phone_id: i64,
        complaint_id: i64,
        gender: Gender,
    ) -> Result<(), StoreError> {
        self.set_told("gender", phone_id, complaint_id, gender.as_str())
    }

    /// The complainant's age group, of the same.
    pub fn set_age_group(
        &mut self,
        phone_id: i64,
        complaint_id: i64,
        group: AgeGroup,
    ) -> Result<(), StoreError> {
        self.set_told("age_group", phone_id, complaint_id, group.as_str())
    }

    fn set_told(
        &mut self,
        column: &'static str,
        phone_id: i64,
        complaint_id: i64,
        told: &str,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE complaint SET {column} = ?3
             WHERE phone_id = ?1 AND id >= ?2 AND id < ?4 AND (id = ?2 OR {column} IS NULL)
               AND (id = ?2 OR NOT EXISTS (SELECT 1 FROM lodging WHERE complaint_id = complaint.id AND brought_by IS NOT NULL))"
        );
        let before = end_of_the_same_person(complaint_id);
        self.connection.prepare_cached(&sql)?.execute(params![
            phone_id,
            complaint_id,
            told,
            before
        ])?;
        Ok(())
    }

    /// What it is about.
    pub fn set_sector(&mut self, complaint_id: i64, sector: &SectorId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET sector = ?2 WHERE id = ?1")?
            .execute(params![complaint_id, sector.as_str()])?;
        Ok(())
    }
}

/// The first id of a complaint that may be another person's.
fn end_of_the_same_person(complaint_id: i64) -> i64 {
    ids::first_at(ids::given_at(complaint_id) + SAME_PERSON)
}
