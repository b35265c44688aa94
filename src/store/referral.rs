//! The ledger: each hop of a complaint, with who, why and when.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::keys::Cell;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{OrganisationId, SectorId};
use crate::people::PersonId;

/// The actor of a hop that the rules decided.
pub const BY_RULES: &str = "rules";
/// The actor of a hop that a person made by hand.
pub const BY_PERSON: &str = "person";
/// The actor of a hop to a county's new convener.
pub const BY_HAND_OVER: &str = "hand_over";

/// A hop.
pub struct NewReferral<'a> {
    /// Who had it before; `None` on the first hop.
    pub from: Option<&'a OrganisationId>,
    /// Who has it from now on.
    pub to: &'a OrganisationId,
    /// Who referred it: [`BY_RULES`], [`BY_PERSON`], [`BY_HAND_OVER`], or `complainant`, whose verdict reopened it.
    pub actor: &'a str,
    /// The decision with its reasons, as JSON; of a person's, `{}`.
    pub reason: &'a str,
    /// The person who referred it.
    pub person: Option<PersonId>,
    /// Whether its holder sent it back.
    pub returned: bool,
    /// Why, in the person's words.
    pub words: Option<&'a str>,
}

/// A hop as it stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Who had it before; `None` on the first hop.
    pub from: Option<String>,
    /// Who had it from then on.
    pub to: String,
    /// Who referred it.
    pub actor: String,
    /// The decision with its reasons, as JSON.
    pub reason: String,
    /// When, UTC milliseconds.
    pub at: i64,
}

/// What a later decision changes of a complaint.
pub struct Handover<'a> {
    /// Who has it from now on.
    pub holder: &'a OrganisationId,
    /// Since when they have it.
    pub held_since: DateTime<Utc>,
    /// By when they are to accept it. The other deadlines stay: the complainant has waited all the same.
    pub accept_due: DateTime<Utc>,
    /// On what, if a rule decided.
    pub sector: Option<&'a SectorId>,
    /// What kind, if a rule decided.
    pub kind: Option<&'a str>,
    /// How pressing.
    pub priority: &'a str,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
}

/// The columns of a [`Referral`], in the order that `read_referral` takes them.
const COLUMNS: &str = "from_holder, to_holder, actor, reason, at";

impl Tx<'_> {
    /// Adds a hop to a complaint's ledger, after those that are there, whatever the clock says.
    pub fn add_referral(
        &mut self,
        complaint_id: i64,
        referral: &NewReferral<'_>,
    ) -> Result<(), StoreError> {
        let newest: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(id), 0) FROM referral WHERE complaint_id = ?1")?
            .query_row(params![complaint_id], |row| row.get(0))?;
        let id = self.next_id().max(newest.saturating_add(1));
        let words = referral
            .words
            .map(|words| self.seal(referral_words(id), words))
            .transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO referral (complaint_id, id, from_holder, to_holder, actor, reason, at, person_id, returned, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                complaint_id,
                id,
                referral.from.map(OrganisationId::as_str),
                referral.to.as_str(),
                referral.actor,
                referral.reason,
                self.now.timestamp_millis(),
                referral.person.map(|person| person.0),
                referral.returned,
                words,
            ])?;
        // Its first hop is made as it is taken in: see `add_complaint`.
        if newest > 0 {
            self.connection
                .prepare_cached("UPDATE complaint SET only_hop_at = NULL WHERE id = ?1")?
                .execute(params![complaint_id])?;
        }
        Ok(())
    }

    /// The hop that brought a complaint to where it is; of what is a convener's whoever convenes, that which made it so.
    pub fn last_referral(&self, complaint_id: i64) -> Result<Option<Referral>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM referral WHERE complaint_id = ?1 AND actor <> '{BY_HAND_OVER}' ORDER BY id DESC LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement
            .query_row(params![complaint_id], read_referral)
            .optional()?)
    }

    /// The decisions of the rules on a complaint, as JSON, the first first.
    pub fn decisions(&self, complaint_id: i64) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT reason FROM referral WHERE complaint_id = ?1 AND actor = ?2 ORDER BY id",
        )?;
        let reasons = statement.query_map(params![complaint_id, BY_RULES], |row| row.get(0))?;
        Ok(reasons.collect::<Result<_, _>>()?)
    }

    /// Makes a complaint what its last hop says.
    pub fn hand_over(
        &mut self,
        complaint_id: i64,
        handover: &Handover<'_>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE complaint SET holder = ?2, held_since = ?3, accept_due = ?4, next_due = ?4, sector = ?5, kind = ?6, priority = ?7, sensitive = ?8
                 WHERE id = ?1",
            )?
            .execute(params![
                complaint_id,
                handover.holder.as_str(),
                handover.held_since.timestamp_millis(),
                handover.accept_due.timestamp_millis(),
                handover.sector.map(SectorId::as_str),
                handover.kind,
                handover.priority,
                handover.sensitive,
            ])?;
        self.remind_of_what_is_due(complaint_id)
    }
}

impl Reader<'_> {
    /// The hops of a complaint, the first one first.
    pub fn referrals(&self, complaint_id: i64) -> Result<Vec<Referral>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM referral WHERE complaint_id = ?1 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![complaint_id], read_referral)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The cell of a hop's words.
pub(super) fn referral_words(id: i64) -> Cell {
    Cell {
        table: "referral",
        row: id,
        column: "words",
    }
}

fn read_referral(row: &Row<'_>) -> rusqlite::Result<Referral> {
    Ok(Referral {
        from: row.get(0)?,
        to: row.get(1)?,
        actor: row.get(2)?,
        reason: row.get(3)?,
        at: row.get(4)?,
    })
}
