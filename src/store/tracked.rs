//! What anybody may learn of a complaint who knows its number and proves it: how it stands, and nothing that was said.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use subtle::ConstantTimeEq;

use super::ComplaintRow;
use super::error::StoreError;
use super::phone::Phone;
use super::reader::Reader;
use super::time;
use crate::complaint::{Address, TrackingNumber};

/// Steps that are told; of more, the latest.
const MOST_STEPS: usize = 50;

/// How a complaint stands.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// The complaint; of what its row holds, a stranger is shown a part.
    pub complaint: ComplaintRow,
    /// When the next thing is due.
    pub next_due: DateTime<Utc>,
    /// What happened, by the kinds of `schema.sql`, and when.
    pub steps: Vec<(String, DateTime<Utc>)>,
}

/// What came of a look. Only the first may be told from the others, by whomever.
#[derive(Clone, Debug)]
pub enum Looked {
    /// It is proven, and this is how it stands.
    Found(Box<Tracked>),
    /// There is one, and nothing is told of it: it is another proof's, or it is sensitive.
    Refused,
    /// There is no such complaint.
    NoSuch,
}

impl Reader<'_> {
    /// The complaint of that number for who proves it by `proof`: the last four digits of its phone, or, where it has none, its code.
    /// The same is done whatever comes of it, so that the time tells nothing either.
    pub fn tracked(&self, number: TrackingNumber, proof: &str) -> Result<Looked, StoreError> {
        let complaint = self.complaint_numbered(number)?;
        let stand_in = match complaint {
            Some(_) => None,
            None => self.newest_complaint()?,
        };
        let code = self.keys.code(number);
        let read = complaint.as_ref().or(stand_in.as_ref());
        let phone = read.and_then(|complaint| complaint.phone_id);
        let digits = self.last_four_of(phone)?;
        let has_phone = phone.is_some();
        let wanted = if has_phone { &digits } else { &code };
        let fits: bool = wanted.as_bytes().ct_eq(proof.as_bytes()).into();
        let Some(complaint) = complaint else {
            return Ok(Looked::NoSuch);
        };
        if !fits || wanted.is_empty() || complaint.sensitive {
            return Ok(Looked::Refused);
        }
        match self.what_it_became(complaint)? {
            Some(complaint) => {
                let tracked = self.as_it_stands(complaint)?;
                Ok(Looked::Found(Box::new(tracked)))
            }
            None => Ok(Looked::Refused),
        }
    }

    /// Opens an address in any case.
    fn last_four_of(&self, phone: Option<i64>) -> Result<String, StoreError> {
        let sealed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT address FROM phone WHERE id = ?1")?
            .query_row(params![phone.unwrap_or_default()], |row| row.get(0))
            .optional()?;
        let sealed = sealed.unwrap_or_else(|| vec![1; NOBODYS]);
        let opened = self
            .keys
            .open(Phone::cell(phone.unwrap_or_default()), &sealed);
        Ok(opened.map_or_else(
            |_| String::new(),
            |address| Address::new(&address).last_four(),
        ))
    }

    /// The complaint that it was merged into, where that may be told; itself where it was not.
    fn what_it_became(&self, complaint: ComplaintRow) -> Result<Option<ComplaintRow>, StoreError> {
        let into: Option<i64> = self
            .connection
            .prepare_cached("SELECT o.number FROM complaint c JOIN complaint o ON o.id = c.merged_into WHERE c.id = ?1")?
            .query_row(params![complaint.id], |row| row.get(0))
            .optional()?;
        let Some(number) = into else {
            return Ok(Some(complaint));
        };
        let other = self.complaint_numbered(TrackingNumber::from_value(number.cast_unsigned()))?;
        Ok(other.filter(|other| !other.sensitive))
    }

    fn as_it_stands(&self, complaint: ComplaintRow) -> Result<Tracked, StoreError> {
        let next_due = self
            .connection
            .prepare_cached("SELECT next_due FROM complaint WHERE id = ?1")?
            .query_row(params![complaint.id], |row| row.get(0))?;
        let sql = format!(
            "SELECT kind, at FROM event WHERE complaint_id = ?1 AND kind IN
                 ('received', 'referred', 'accepted', 'returned', 'started', 'updated', 'asked', 'resolved', 'reopened', 'closed')
             ORDER BY id DESC LIMIT {MOST_STEPS}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let steps = statement.query_map(params![complaint.id], |row| {
            Ok((row.get(0)?, time(row.get(1)?)))
        })?;
        let mut steps: Vec<_> = steps.collect::<Result<_, _>>()?;
        steps.reverse();
        Ok(Tracked {
            next_due: time(next_due),
            complaint,
            steps,
        })
    }
}

/// As long as a sealed phone number: key, nonce, thirteen characters, tag.
const NOBODYS: usize = 1 + 24 + 13 + 16;
