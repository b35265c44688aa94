//! A county has another convener: all open work that the one before had as convener goes along.
//!
//! The rules say who convenes, so that a change of them is the hand-over; whom it was handed to sees the county from then on, and who
//! convened before does not. What these still hold is moved in steps that anything may interrupt: each step asks anew what is left. The
//! complainants are told nothing: they were told that the convener has it, and the convener has it.
//!
//! Rejected: a command that somebody has to remember, between which and the change of the rules the work would lie with an
//! organisation that no longer runs the mechanism.

use crate::complaint::{County, OrganisationId, Status};
use crate::configuration::Configuration;
use crate::routing::Rules;
use crate::store::{
    BY_HAND_OVER, BY_RULES, Convening, HeldComplaint, Moved, NewEvent, NewReferral, Reader,
    StoreError, Tx,
};

/// Complaints that are moved in one transaction: texts come in between.
pub const STEP: usize = 50;

/// What a complaint's part in a hand-over is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// It goes to this organisation: the new convener, or, where it accuses that, who oversees the county.
    Goes(OrganisationId),
    /// It stays: the rules send it to its holder by name, as to any partner, or a person did since the hand-over.
    Partners,
    /// It stays: it accuses the new convener, and nobody stands above that.
    NobodyLeft,
}

/// The counties that the rules say another convener of than is known, each with who convened before.
pub fn changed<'r>(
    rules: &'r Rules,
    known: &[Convening],
) -> Vec<(&'r County, Option<OrganisationId>)> {
    let before = |county: &County| {
        let mut entries = known.iter().rev();
        let last = entries.find(|entry| entry.county == county.id);
        last.map(|last| last.organisation.clone())
    };
    rules
        .counties()
        .map(|county| (county, before(county)))
        .filter(|(county, before)| before.as_ref() != Some(&county.convener))
        .collect()
}

/// Notes who convenes by these rules, where that is not known yet.
///
/// # Errors
/// The store's.
pub fn note_conveners(tx: &mut Tx<'_>, configuration: &Configuration) -> Result<(), StoreError> {
    let known = tx.convenings()?;
    for (county, before) in changed(&configuration.rules, &known) {
        tx.add_convening(&county.id, &county.convener, before.as_ref())?;
    }
    Ok(())
}

/// What becomes of a complaint that `from` holds, once `county` has the convener that it has here.
pub fn share(
    rules: &Rules,
    county: &County,
    from: &OrganisationId,
    held: &HeldComplaint,
    is_since: bool,
) -> Share {
    let works_there = |id| {
        let known = rules.organisation(id);
        known.is_some_and(|known| known.works_in(&county.id))
    };
    let by_rules = held.actor == BY_RULES;
    let named = rules.named_by(&held.reason, held.sector.as_ref(), &county.id);
    let sent_by_name = by_rules && named == Some(from);
    if works_there(from) && (sent_by_name || (is_since && !by_rules)) {
        return Share::Partners;
    }
    let to = county.neutral(&held.accused);
    if held.accused.contains(to) || to == from {
        Share::NobodyLeft
    } else {
        Share::Goes(to.clone())
    }
}

/// What is looked through for what is still to go along with a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// All that is open.
    All,
    /// What was closed and is opened again where it was.
    Reopened,
}

/// What is still to go along with a hand-over.
///
/// # Errors
/// The store's.
pub fn to_hand_over(
    reader: &Reader<'_>,
    rules: &Rules,
    entry: &Convening,
    among: Among,
) -> Result<Vec<i64>, StoreError> {
    let (Some(county), Some(from)) = (rules.county(&entry.county), &entry.came_from) else {
        return Ok(Vec::new());
    };
    let held = match among {
        Among::All => reader.held_complaints(from, &county.id)?,
        Among::Reopened => reader.reopened_complaints(from, &county.id)?,
    };
    let going = held.iter().filter(|held| {
        let share = share(rules, county, from, held, held.held_since >= entry.at);
        matches!(share, Share::Goes(_))
    });
    Ok(going.map(|held| held.id).collect())
}

/// Moves these complaints, where they are still to go along with a hand-over. How many did.
///
/// # Errors
/// The store's; then none was moved.
pub fn hand_over_county(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    entry: &Convening,
    complaints: &[i64],
) -> Result<Moved, StoreError> {
    let mut moved = Moved::default();
    let rules = &configuration.rules;
    let (Some(county), Some(from)) = (rules.county(&entry.county), &entry.came_from) else {
        return Ok(moved);
    };
    for id in complaints {
        let Some(held) = tx.held_complaint(from, &county.id, *id)? else {
            continue;
        };
        let is_since = held.held_since >= entry.at;
        let Share::Goes(to) = share(rules, county, from, &held, is_since) else {
            continue;
        };
        let went = tx.apart(|tx| go(tx, configuration, county, from, &to, held.id))?;
        if went.is_none() {
            continue;
        }
        moved.all += 1;
        moved.sensitive += u32::from(held.sensitive);
        moved.overseen += u32::from(to != county.convener);
    }
    tx.count_handed_over(entry.id, moved)?;
    Ok(moved)
}

/// Adds the hop. What was begun is to be accepted anew; what waits for the complainant's word goes on waiting.
fn go(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    county: &County,
    from: &OrganisationId,
    to: &OrganisationId,
    complaint_id: i64,
) -> Result<(), StoreError> {
    let Some(complaint) = tx.complaint(complaint_id)? else {
        return Ok(());
    };
    let hop = NewReferral {
        from: Some(from),
        to,
        actor: BY_HAND_OVER,
        reason: r#"{"reason":"handed over"}"#,
        person: None,
        returned: false,
        words: None,
    };
    tx.add_referral(complaint_id, &hop)?;
    let referred = NewEvent {
        kind: "referred",
        actor: BY_HAND_OVER,
        ..NewEvent::default()
    };
    tx.add_event(complaint_id, &referred)?;
    let accept_due = configuration
        .due(county, &complaint.with(to), tx.now)
        .accept;
    tx.hold(complaint_id, to, accept_due)?;
    match complaint.status {
        Status::Resolved | Status::Closed => Ok(()),
        Status::Accepted | Status::InProgress => {
            tx.set_status(complaint_id, Status::Referred, accept_due)
        }
        // Sent back, or opened again, it stands in the convener's queue as that.
        _ => tx.stand_on(complaint_id, accept_due),
    }
}
