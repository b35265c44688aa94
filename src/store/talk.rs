//! The complaint that a phone talks about, and words that move from one complaint to another.

use rusqlite::{OptionalExtension, params};

use super::complaint::{COLUMNS, read_complaint};
use super::error::StoreError;
use super::message::cell;
use super::phone::{Phone, TalkedAbout};
use super::tx::Tx;
use super::words;
use crate::complaint::{Address, CountyId, Status};
use crate::store::ComplaintRow;

/// A text that was kept, with what is needed to take it for something else.
#[derive(Clone, Debug)]
pub struct KeptText {
    /// The number of ours that was texted.
    pub line: Address,
    /// The words.
    pub words: String,
}

impl Tx<'_> {
    /// The complaint in that county that the phone last talked about while it is open, else the last that it opened; with how it was
    /// talked about.
    pub fn open_complaint(
        &self,
        phone: &Phone,
        county: &CountyId,
    ) -> Result<Option<(ComplaintRow, TalkedAbout)>, StoreError> {
        if phone.is_new {
            return Ok(None);
        }
        let is_open = |complaint: &ComplaintRow| {
            complaint.status != Status::Closed && complaint.county == *county
        };
        if let Some(about) = phone.about
            && let Some(complaint) = self.complaint(about.complaint_id)?.filter(is_open)
        {
            return Ok(Some((complaint, about)));
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM complaint WHERE phone_id = ?1 AND county = ?2 AND status <> 'closed' ORDER BY id DESC LIMIT 1"
        );
        let last = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params![phone.id, county.as_str()], read_complaint)
            .optional()?
            .transpose()?;
        Ok(last.map(|complaint| {
            let about = TalkedAbout {
                complaint_id: complaint.id,
                at: complaint.status_since,
                full: false,
            };
            (complaint, about)
        }))
    }

    /// All that the complainant wrote about a complaint, in order: its first words, what was added, what was answered. What was moved to
    /// another is left out. `None`: something of it does not open, and what the rest means nobody may conclude.
    pub fn said(&self, complaint_id: i64) -> Result<Option<Vec<String>>, StoreError> {
        let sql = format!(
            "SELECT {} FROM {} WHERE event.complaint_id = ?1 AND event.kind IN ('received', 'words_added', 'answered')
               AND (event.message_id IS NULL OR message.complaint_id = ?1) ORDER BY event.id",
            words::COLUMNS,
            words::TABLES
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![complaint_id], |row| words::sealed(row, 0))?;
        let mut said = Vec::new();
        for row in rows {
            let Some((cell, words)) = row? else {
                continue;
            };
            let Some(words) = self.open_if_whole(cell, &words)? else {
                return Ok(None);
            };
            said.push(words);
        }
        Ok(Some(said))
    }

    /// A text that was kept, and opens.
    pub fn kept_text(&self, message_id: i64) -> Result<Option<KeptText>, StoreError> {
        let kept: Option<(String, Vec<u8>)> = self
            .connection
            .prepare_cached("SELECT line, words FROM message WHERE id = ?1")?
            .query_row(params![message_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((line, sealed)) = kept else {
            return Ok(None);
        };
        let words = self.open_if_whole(cell(message_id, "words"), &sealed)?;
        Ok(words.map(|words| KeptText {
            line: Address::new(&line),
            words,
        }))
    }

    /// A text turned out to be about that complaint.
    pub fn move_text(&mut self, message_id: i64, complaint_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE message SET complaint_id = ?2 WHERE id = ?1")?
            .execute(params![message_id, complaint_id])?;
        Ok(())
    }

    /// A complaint turned out to be about another: it is closed, and its number stands for that one.
    pub fn merge(&mut self, complaint_id: i64, into: i64) -> Result<(), StoreError> {
        self.close_complaint(complaint_id, "merged")?;
        self.connection
            .prepare_cached("UPDATE complaint SET merged_into = ?2 WHERE id = ?1")?
            .execute(params![complaint_id, into])?;
        Ok(())
    }

    /// As what it was closed; `None`: it is not.
    pub fn closed_as(&self, complaint_id: i64) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT closed_as FROM complaint WHERE id = ?1")?
            .query_row(params![complaint_id], |row| row.get(0))?)
    }

    /// Complaints that were said to be solved, and whose complainant said nothing in time: the first hundred, without those that are damaged.
    pub fn unanswered(&self) -> Result<Vec<ComplaintRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM complaint WHERE status = 'resolved' AND next_due <= ?1 ORDER BY next_due, id LIMIT 100"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![self.now.timestamp_millis()])?;
        let mut unanswered = Vec::new();
        while let Some(row) = rows.next()? {
            match read_complaint(row)? {
                Ok(complaint) => unanswered.push(complaint),
                Err(error) => unanswered.extend(self.leave_out(error)?),
            }
        }
        Ok(unanswered)
    }
}
