//! A text is a new complaint: it gets a number, an owner and deadlines, and its first hop is written down.

use crate::complaint::{LanguageId, Status};
use crate::deadlines::Terms;
use crate::intake::places::Found;
use crate::routing::Decision;
use crate::store::{ComplaintRow, NewComplaint, NewEvent, NewReferral, Phone, StoreError, Tx};

use super::receive_message::Prepared;

/// Opens a complaint where the rules send it, due from now on.
pub(super) fn open(
    tx: &mut Tx<'_>,
    text: &Prepared,
    phone: &Phone,
    language: &LanguageId,
) -> Result<ComplaintRow, StoreError> {
    let decision = &text.decision;
    let due = Terms::default().due(tx.now, text.county.zone);
    let new = NewComplaint {
        phone_id: phone.id,
        channel: "sms",
        county: &text.county.id,
        place: match &text.place {
            Found::One(place) => Some(place),
            Found::None | Found::Ambiguous(_) => None,
        },
        sector: decision.sector.as_ref(),
        kind: decision.kind.as_deref(),
        priority: decision.priority.as_str(),
        sensitive: decision.sensitive,
        language,
        holder: &decision.to,
        due,
    };
    let (id, number) = tx.add_complaint(&new, Status::Referred)?;
    Ok(ComplaintRow {
        id,
        number,
        county: text.county.id.clone(),
        sensitive: decision.sensitive,
        status: Status::Referred,
        holder: decision.to.clone(),
        held_since: tx.now,
        due,
    })
}

/// The first hop, right after the complaint was received: nothing is ever open without an owner.
pub(super) fn refer(
    tx: &mut Tx<'_>,
    complaint_id: i64,
    decision: &Decision,
) -> Result<(), StoreError> {
    tx.add_referral(
        complaint_id,
        &NewReferral {
            from: None,
            to: &decision.to,
            actor: "rules",
            reason: &decision.to_json(),
        },
    )?;
    tx.add_event(
        complaint_id,
        &NewEvent {
            kind: "referred",
            actor: "rules",
            message_id: None,
        },
    )
}
