//! The ledger of a complaint, with the time that each held it.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::Spans;
use crate::complaint::OrganisationId;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::referral::referral_words;
use crate::store::time;

/// A hop of a complaint: somebody got it, and had it until the next.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Its place in the ledger.
    pub id: i64,
    /// Who had it before; `None` on the first hop.
    pub from: Option<OrganisationId>,
    /// Who got it.
    pub to: OrganisationId,
    /// Who referred it: `rules`, `person`, `complainant`.
    pub actor: String,
    /// The name of the person who did.
    pub person: Option<String>,
    /// That person's organisation.
    pub by: Option<OrganisationId>,
    /// Whether it was sent back with this hop.
    pub returned: bool,
    /// Why, in the person's words.
    pub words: Option<String>,
    /// The rules' decision, as JSON; of a person's hop, `{}`.
    pub reason: String,
    /// When they got it.
    pub at: DateTime<Utc>,
    /// When they accepted it, if they did.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it went on, or was over; `None`: they have it.
    pub until: Option<DateTime<Utc>>,
}

/// When a complaint was accepted, each time; and when it was over, if it is.
type Turns = (Vec<DateTime<Utc>>, Option<DateTime<Utc>>);

impl Reader<'_> {
    /// The hops of a complaint, the first one first.
    pub(super) fn hops(&self, complaint_id: i64) -> Result<Vec<Hop>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.id, r.from_holder, r.to_holder, r.actor, p.name, p.scope, r.returned, r.words, r.reason, r.at
             FROM referral r LEFT JOIN person p ON p.id = r.person_id WHERE r.complaint_id = ?1 ORDER BY r.id",
        )?;
        let rows = statement.query_map(params![complaint_id], |row| {
            let hop = Hop {
                id: row.get(0)?,
                from: row.get::<_, Option<String>>(1)?.map(OrganisationId::new),
                to: OrganisationId::new(row.get::<_, String>(2)?),
                actor: row.get(3)?,
                person: row.get(4)?,
                by: row.get::<_, Option<String>>(5)?.map(OrganisationId::new),
                returned: row.get(6)?,
                words: None,
                reason: row.get(8)?,
                at: time(row.get(9)?),
                accepted_at: None,
                until: None,
            };
            Ok((hop, row.get::<_, Option<Vec<u8>>>(7)?))
        })?;
        let mut hops = Vec::new();
        for row in rows {
            let (mut hop, sealed) = row?;
            hop.words = sealed
                .map(|sealed| self.keys.open(referral_words(hop.id), &sealed))
                .transpose()
                .unwrap_or_else(|error| {
                    tracing::error!(%error, hop = hop.id, "Words of a ledger cannot be shown");
                    None
                });
            hops.push(hop);
        }
        let (accepted, over) = self.turns(complaint_id)?;
        let starts: Vec<DateTime<Utc>> = hops.iter().skip(1).map(|hop| hop.at).collect();
        for (at, hop) in hops.iter_mut().enumerate() {
            hop.until = starts.get(at).copied().or(over);
            let ends = hop.until;
            let within = |accepted: &DateTime<Utc>| {
                *accepted >= hop.at && ends.is_none_or(|end| *accepted <= end)
            };
            hop.accepted_at = accepted.iter().copied().find(within);
        }
        Ok(hops)
    }

    /// When it was accepted, each time; and when it was over, if it is.
    fn turns(&self, complaint_id: i64) -> Result<Turns, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, at FROM event WHERE complaint_id = ?1 AND kind IN ('accepted', 'closed', 'reopened') ORDER BY id",
        )?;
        let rows = statement.query_map(params![complaint_id], |row| {
            Ok((row.get::<_, String>(0)?, time(row.get(1)?)))
        })?;
        let (mut accepted, mut over) = (Vec::new(), None);
        for row in rows {
            match row? {
                (kind, at) if kind == "accepted" => accepted.push(at),
                (kind, at) if kind == "closed" => over = Some(at),
                _ => over = None,
            }
        }
        Ok((accepted, over))
    }
}

/// When an organisation had the complaint: from the hop that brought it up to the one that took it away.
pub(super) fn spans_of(hops: &[Hop], organisation: &OrganisationId) -> Spans {
    let next = |at: usize| hops.get(at + 1).map_or(i64::MAX, |hop| hop.id);
    let held = hops
        .iter()
        .enumerate()
        .filter(|(_, hop)| hop.to == *organisation);
    held.map(|(at, hop)| (hop.id, next(at))).collect()
}

/// An organisation's own part of the ledger: the hops that brought it, and where it went from there. How long the others had it, and what
/// they wrote, is theirs.
pub(super) fn part_of(hops: Vec<Hop>, organisation: &OrganisationId) -> Vec<Hop> {
    let is_theirs = |hop: &Hop| hop.to == *organisation || hop.from.as_ref() == Some(organisation);
    let cut = |hop: Hop| {
        if hop.to == *organisation {
            return hop;
        }
        let is_own = hop.by.as_ref() == Some(organisation);
        Hop {
            person: hop.person.filter(|_| is_own),
            words: hop.words.filter(|_| is_own),
            reason: "{}".to_owned(),
            accepted_at: None,
            until: None,
            ..hop
        }
    };
    hops.into_iter().filter(is_theirs).map(cut).collect()
}
