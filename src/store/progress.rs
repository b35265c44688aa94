//! What moves a complaint on: its status, who has it, what is due next, whom it accuses.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{Address, OrganisationId, Status};
use crate::deadlines::Due;

impl Tx<'_> {
    /// A complaint stands so from now on, and this is when the next thing is due.
    pub fn set_status(
        &mut self,
        complaint_id: i64,
        status: Status,
        next_due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE complaint SET status = ?2, status_since = ?3, next_due = ?4, closed_as = NULL, paused_at = NULL WHERE id = ?1",
            )?
            .execute(params![
                complaint_id,
                status.as_str(),
                self.now.timestamp_millis(),
                next_due.timestamp_millis()
            ])?;
        self.withhold_outdated_retries(complaint_id, status)?;
        self.remind_of_what_is_due(complaint_id)
    }

    /// It stands as it did, with another holder: news of it are still so, and this is when the next thing is due.
    pub fn stand_on(
        &mut self,
        complaint_id: i64,
        next_due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET next_due = ?2, paused_at = NULL WHERE id = ?1")?
            .execute(params![complaint_id, next_due.timestamp_millis()])?;
        self.remind_of_what_is_due(complaint_id)
    }

    /// It is over: `confirmed`, `not_a_complaint` and so on, as `schema.sql` lists them.
    pub fn close_complaint(
        &mut self,
        complaint_id: i64,
        closed_as: &str,
    ) -> Result<(), StoreError> {
        self.set_status(complaint_id, Status::Closed, self.now)?;
        self.connection
            .prepare_cached("UPDATE complaint SET closed_as = ?2 WHERE id = ?1")?
            .execute(params![complaint_id, closed_as])?;
        Ok(())
    }

    /// Somebody else has it from now on, and is to accept it by then. The other deadlines stay: the complainant has waited
    /// all the same.
    pub fn hold(
        &mut self,
        complaint_id: i64,
        holder: &OrganisationId,
        accept_due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE complaint SET holder = ?2, held_since = ?3, accept_due = ?4 WHERE id = ?1",
            )?
            .execute(params![
                complaint_id,
                holder.as_str(),
                self.now.timestamp_millis(),
                accept_due.timestamp_millis()
            ])?;
        Ok(())
    }

    /// New deadlines: it was opened again.
    pub fn set_due(&mut self, complaint_id: i64, due: Due) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET accept_due = ?2, first_action_due = ?3, resolve_due = ?4 WHERE id = ?1")?
            .execute(params![
                complaint_id,
                due.accept.timestamp_millis(),
                due.first_action.timestamp_millis(),
                due.resolve.timestamp_millis()
            ])?;
        Ok(())
    }

    /// Its clock stands still from now on, unless it does already, and is looked at again then.
    pub fn pause(&mut self, complaint_id: i64, until: DateTime<Utc>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE complaint SET paused_at = ?2, remind_at = ?3 WHERE id = ?1 AND paused_at IS NULL",
            )?
            .execute(params![
                complaint_id,
                self.now.timestamp_millis(),
                until.timestamp_millis()
            ])?;
        Ok(())
    }

    /// Whether the complainant was asked something since they last said anything.
    pub fn waits_for_an_answer(&self, complaint_id: i64) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM event WHERE complaint_id = ?1 AND kind = 'asked' AND id >
                     (SELECT coalesce(max(id), 0) FROM event WHERE complaint_id = ?1 AND actor = 'complainant'))",
            )?
            .query_row(params![complaint_id], |row| row.get(0))?)
    }

    /// Since when its clock stands still; `None`: it runs.
    pub fn paused_since(&self, complaint_id: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
        let since: Option<i64> = self
            .connection
            .prepare_cached("SELECT paused_at FROM complaint WHERE id = ?1")?
            .query_row(params![complaint_id], |row| row.get(0))?;
        Ok(since.map(super::time))
    }

    /// Its clock goes on, with these deadlines. Steps that were taken for one that had passed before it stood still stay taken.
    pub fn go_on(
        &mut self,
        complaint_id: i64,
        due: Due,
        next_due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.set_due(complaint_id, due)?;
        self.connection
            .prepare_cached(
                "UPDATE complaint SET paused_at = NULL, remind_at = NULL, next_due = ?2 WHERE id = ?1",
            )?
            .execute(params![complaint_id, next_due.timestamp_millis()])?;
        self.remind_of_what_is_due(complaint_id)
    }

    /// An organisation sent it back once more.
    pub fn count_return(&mut self, complaint_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET returns = returns + 1 WHERE id = ?1")?
            .execute(params![complaint_id])?;
        Ok(())
    }

    /// It takes the track of its own.
    pub fn set_sensitive(&mut self, complaint_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET sensitive = 1 WHERE id = ?1")?
            .execute(params![complaint_id])?;
        Ok(())
    }

    /// From now on it is invisible to these.
    pub fn accuse<'a>(
        &mut self,
        complaint_id: i64,
        organisations: impl IntoIterator<Item = &'a OrganisationId>,
    ) -> Result<(), StoreError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO accused (complaint_id, organisation) VALUES (?1, ?2)",
        )?;
        for organisation in organisations {
            insert.execute(params![complaint_id, organisation.as_str()])?;
        }
        self.changed.note(complaint_id);
        Ok(())
    }

    /// Whom it accuses.
    pub fn accused(&self, complaint_id: i64) -> Result<Vec<OrganisationId>, StoreError> {
        accused_by(self.connection, complaint_id)
    }

    /// All who have or had it.
    pub fn holders(&self, complaint_id: i64) -> Result<Vec<OrganisationId>, StoreError> {
        organisations(
            self.connection,
            "SELECT DISTINCT to_holder FROM referral WHERE complaint_id = ?1",
            complaint_id,
        )
    }

    /// The number of ours that its first words came to; `None`: they came by no text.
    pub fn line_of(&self, complaint_id: i64) -> Result<Option<Address>, StoreError> {
        let line: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT message.line FROM event JOIN message ON message.id = event.message_id
                 WHERE event.complaint_id = ?1 ORDER BY event.id LIMIT 1",
            )?
            .query_row(params![complaint_id], |row| row.get(0))
            .optional()?;
        Ok(line.as_deref().map(Address::new))
    }

    /// Whether texts may be sent to a phone.
    pub fn may_be_texted(&self, phone_id: i64) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT stopped_at IS NULL FROM phone WHERE id = ?1")?
            .query_row(params![phone_id], |row| row.get(0))?)
    }
}

impl Reader<'_> {
    /// Whom it accuses.
    pub(super) fn accused(&self, complaint_id: i64) -> Result<Vec<OrganisationId>, StoreError> {
        accused_by(self.connection, complaint_id)
    }
}

/// Whom a complaint accuses.
pub(super) fn accused_by(
    connection: &Connection,
    complaint_id: i64,
) -> Result<Vec<OrganisationId>, StoreError> {
    organisations(connection, ACCUSED, complaint_id)
}

const ACCUSED: &str = "SELECT organisation FROM accused WHERE complaint_id = ?1";

fn organisations(
    connection: &Connection,
    sql: &str,
    complaint_id: i64,
) -> Result<Vec<OrganisationId>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map(params![complaint_id], |row| row.get::<_, String>(0))?;
    Ok(ids
        .map(|id| id.map(OrganisationId::new))
        .collect::<Result<_, _>>()?)
}
