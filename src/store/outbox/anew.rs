//! What did not reach its phone is sent anew, for as long as it is so and may still be said.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::{TextState, words_of};
use crate::complaint::Status;
use crate::store::error::StoreError;
use crate::store::ids::first_at;
use crate::store::tx::Tx;

/// A text that waits to be sent anew was put there no longer ago.
const WAITS_AT_MOST: TimeDelta = TimeDelta::days(1);

impl Tx<'_> {
    /// Puts the words of a text that did not reach the phone into the outbox anew, to be sent at `due_at`; its row. `None`: they do not
    /// open.
    pub fn add_retry(&mut self, of: i64, due_at: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
        let sealed: Vec<u8> = self
            .connection
            .prepare_cached("SELECT words FROM outbox WHERE id = ?1")?
            .query_row(params![of], |row| row.get(0))?;
        let Some(words) = self.open_if_whole(words_of(of), &sealed)? else {
            return Ok(None);
        };
        let id = self.next_id();
        let words = self.seal(words_of(id), &words)?;
        let (language, segments): (String, u32) = self
            .connection
            .prepare_cached(
                "INSERT INTO outbox (id, phone_id, line, message_id, complaint_id, retry_of, words, segments, state, due_at, created_at, changed_at, notice, language)
                 SELECT ?1, phone_id, line, message_id, complaint_id, id, ?2, segments, 'pending', ?3, ?4, ?4, notice, language
                 FROM outbox WHERE id = ?5 RETURNING language, segments",
            )?
            .query_row(params![id, words, due_at.timestamp_millis(), self.now.timestamp_millis(), of], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.tally_out(0, &language, segments)?;
        Ok(Some(id))
    }

    /// A phone that texts is on: what waits to be sent to it anew is due now.
    pub fn hasten_retries(&mut self, phone_id: i64) -> Result<(), StoreError> {
        let hastened = self
            .connection
            .prepare_cached(
                "UPDATE outbox SET due_at = ?3
                 WHERE phone_id = ?1 AND id >= ?2 AND state = 'pending' AND retry_of IS NOT NULL AND attempts = 0 AND due_at > ?3",
            )?
            .execute(params![
                phone_id,
                first_at(self.now - WAITS_AT_MOST),
                self.now.timestamp_millis()
            ])?;
        self.wakes_outbox |= hastened > 0;
        Ok(())
    }

    /// A complaint stands otherwise from now on: news of how it stood before are sent anew no more, and nothing is of what is over.
    pub(in crate::store) fn withhold_outdated_retries(
        &mut self,
        complaint_id: i64,
        status: Status,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE outbox SET state = 'withheld', changed_at = ?2
                 WHERE complaint_id = ?1 AND state = 'pending' AND retry_of IS NOT NULL AND (notice = 1 OR ?3)",
            )?
            .execute(params![
                complaint_id,
                self.now.timestamp_millis(),
                status == Status::Closed
            ])?;
        Ok(())
    }

    /// Whether a complaint became sensitive after that row was made, of whatever table: words of before may name the matter. A person marks
    /// it so, or the rules do by their last hop: what is sensitive they leave where it is.
    pub fn became_sensitive_after(&self, complaint_id: i64, row: i64) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM complaint WHERE id = ?1 AND sensitive = 1)
                    AND (EXISTS (SELECT 1 FROM event WHERE complaint_id = ?1 AND id > ?2 AND kind = 'marked_sensitive')
                      OR EXISTS (SELECT 1 FROM referral WHERE complaint_id = ?1 AND id > ?2 AND actor = 'rules'))",
            )?
            .query_row(params![complaint_id, row], |row| row.get(0))?)
    }

    /// What becomes of a text on the wire that proves not to have left: it is tried again. But who said STOP meanwhile gets the
    /// confirmation of that and nothing else.
    pub(super) fn state_after_the_wire(&self, id: i64) -> Result<TextState, StoreError> {
        let may_be_texted: bool = self
            .connection
            .prepare_cached(
                "SELECT p.stopped_at IS NULL OR (SELECT outcome FROM message WHERE message.id = o.message_id) IS 'stop'
                 FROM outbox o JOIN phone p ON p.id = o.phone_id WHERE o.id = ?1",
            )?
            .query_row(params![id], |row| row.get(0))?;
        Ok(if may_be_texted {
            TextState::Pending
        } else {
            TextState::Withheld
        })
    }
}
