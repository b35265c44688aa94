//! A text is a new complaint: it gets a number, an owner and deadlines, and its first hop is written down.

use crate::complaint::{OrganisationId, Status};
use crate::deadlines::Terms;
use crate::intake::places::Found;
use crate::routing::Decision;
use crate::store::{
    BY_RULES, ComplaintRow, NewComplaint, NewEvent, NewReferral, Phone, StoreError, Tx,
};

use super::receive_message::Prepared;

/// Opens a complaint where the rules send it, due from now on.
pub(super) fn open(
    tx: &mut Tx<'_>,
    text: &Prepared,
    phone: &Phone,
) -> Result<ComplaintRow, StoreError> {
    let decision = &text.decision;
    let language = phone.language.as_ref().unwrap_or(&text.county.language);
    let told = tx.told_lately(phone, None)?.unwrap_or_default();
    let due = Terms::default().due(tx.now, text.county.zone);
    let (place, place_candidates) = match &text.place {
        Found::One(place) => (Some(place), [].as_slice()),
        Found::Ambiguous(candidates) => (None, candidates.as_slice()),
        Found::None => (None, [].as_slice()),
    };
    let new = NewComplaint {
        phone_id: phone.id,
        channel: "sms",
        county: &text.county.id,
        place,
        place_candidates,
        sector: decision.sector.as_ref(),
        kind: decision.kind.as_deref(),
        priority: decision.priority.as_str(),
        sensitive: decision.sensitive,
        language,
        holder: &decision.to,
        due,
        gender: told.gender,
        age_group: told.age_group,
    };
    let (id, number) = tx.add_complaint(&new, Status::Referred)?;
    Ok(ComplaintRow {
        id,
        number,
        county: text.county.id.clone(),
        place: place.cloned(),
        sector: decision.sector.clone(),
        sensitive: decision.sensitive,
        status: Status::Referred,
        holder: decision.to.clone(),
        held_since: tx.now,
        due,
        phone_id: Some(phone.id),
        language: language.clone(),
        status_since: tx.now,
        returns: 0,
    })
}

/// The history of an opened complaint begins: it was received, in that text, and referred. Nothing is ever open without an owner.
pub(super) fn receive(
    tx: &mut Tx<'_>,
    text: &Prepared,
    complaint: &ComplaintRow,
    message_id: i64,
) -> Result<(), StoreError> {
    let received = NewEvent {
        kind: "received",
        actor: "complainant",
        message_id: Some(message_id),
        ..NewEvent::default()
    };
    tx.add_event(complaint.id, &received)?;
    refer(tx, complaint.id, None, &text.decision)
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
    tx.add_event(
        complaint_id,
        &NewEvent {
            kind: "referred",
            actor: BY_RULES,
            ..NewEvent::default()
        },
    )
}
