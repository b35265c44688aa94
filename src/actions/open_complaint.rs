//! A new complaint gets a number, an owner and deadlines, and its first hop is written down.

use chrono::{DateTime, Utc};

use crate::complaint::{Channel, County, LanguageId, OrganisationId, Status};
use crate::configuration::Configuration;
use crate::intake::places::Found;
use crate::routing::Decision;
use crate::store::{
    BY_RULES, ComplaintRow, Milestone, NewComplaint, NewEvent, NewReferral, Phone, StoreError,
    Told, Tx, Untextable,
};

use super::receive_message::Prepared;

/// What a complaint is opened with.
pub(super) struct Opening<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) channel: Channel,
    pub(super) county: &'a County,
    pub(super) decision: &'a Decision,
    pub(super) place: &'a Found,
    pub(super) phone_id: Option<i64>,
    /// Why nobody can be told by text.
    pub(super) untextable: Option<Untextable>,
    /// Whether its words may be none of a complaint.
    pub(super) doubtful: bool,
    pub(super) language: &'a LanguageId,
    /// Who its complainant is, as far as they said.
    pub(super) told: Told,
    pub(super) opened_at: DateTime<Utc>,
}

/// Opens a complaint where the rules send it, due from now on.
pub(super) fn open(tx: &mut Tx<'_>, opening: &Opening<'_>) -> Result<ComplaintRow, StoreError> {
    let Opening {
        county, decision, ..
    } = opening;
    let due = opening.configuration.due(county, &decision.about(), tx.now);
    let (place, place_candidates) = match opening.place {
        Found::One(place) => (Some(place), [].as_slice()),
        Found::Ambiguous(candidates) => (None, candidates.as_slice()),
        Found::None => (None, [].as_slice()),
    };
    let new = NewComplaint {
        phone_id: opening.phone_id,
        channel: opening.channel,
        county: &county.id,
        place,
        place_candidates,
        sector: decision.sector.as_ref(),
        kind: decision.kind.as_deref(),
        priority: decision.priority.as_str(),
        sensitive: decision.sensitive,
        language: opening.language,
        holder: &decision.to,
        due,
        gender: opening.told.gender,
        age_group: opening.told.age_group,
        untextable: opening.untextable,
        doubtful: opening.doubtful,
        opened_at: opening.opened_at,
    };
    let (id, number) = tx.add_complaint(&new, Status::Referred)?;
    Ok(ComplaintRow {
        id,
        number,
        county: county.id.clone(),
        place: place.cloned(),
        sector: decision.sector.clone(),
        kind: decision.kind.as_deref().map(str::to_owned),
        priority: decision.priority,
        sensitive: decision.sensitive,
        status: Status::Referred,
        holder: decision.to.clone(),
        held_since: tx.now,
        due,
        phone_id: opening.phone_id,
        language: opening.language.clone(),
        status_since: tx.now,
        returns: 0,
        group_id: None,
    })
}

/// Opens what a text tells of.
pub(super) fn open_by_text(
    tx: &mut Tx<'_>,
    text: &Prepared,
    phone: &Phone,
) -> Result<ComplaintRow, StoreError> {
    let opening = Opening {
        configuration: &text.configuration,
        channel: Channel::Sms,
        county: &text.county,
        decision: &text.decision,
        place: &text.place,
        phone_id: Some(phone.id),
        untextable: phone.stopped.then_some(Untextable::Stopped),
        doubtful: text.reading.may_be_no_complaint()
            && !text.decision.is_decided()
            && text.place == Found::None,
        language: phone.language.as_ref().unwrap_or(&text.county.language),
        told: tx.told_lately(phone, None)?.unwrap_or_default(),
        opened_at: tx.now,
    };
    open(tx, &opening)
}

/// The history of an opened complaint begins: it was received, and referred. Nothing is ever open without an owner.
pub(super) fn receive(
    tx: &mut Tx<'_>,
    complaint_id: i64,
    received: &NewEvent<'_>,
    decision: &Decision,
) -> Result<(), StoreError> {
    tx.add_event(complaint_id, received)?;
    refer(tx, complaint_id, None, decision)
}

/// Writes down a hop that the rules decided, from whoever had the complaint before.
pub(super) fn refer(
    tx: &mut Tx<'_>,
    complaint_id: i64,
    from: Option<&OrganisationId>,
    decision: &Decision,
) -> Result<(), StoreError> {
    tx.add_referral(
        complaint_id,
        &NewReferral {
            from,
            to: &decision.to,
            actor: BY_RULES,
            reason: &decision.to_json(),
            person: None,
            returned: false,
            words: None,
        },
    )?;
    tx.accuse(complaint_id, &decision.against)?;
    if decision.is_decided() {
        tx.reach(complaint_id, Milestone::Referred)?;
    }
    tx.add_event(
        complaint_id,
        &NewEvent {
            kind: "referred",
            actor: BY_RULES,
            ..NewEvent::default()
        },
    )
}
