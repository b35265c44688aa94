//! The place of a complaint became known: it is kept, and the complaint goes to whom the rules send it with that.

use crate::complaint::{PlaceId, Status};
use crate::deadlines::{Due, Terms};
use crate::intake::words_of;
use crate::routing::Decision;
use crate::store::{BY_RULES, ComplaintRow, Handover, NewEvent, StoreError, Tx};

use super::open_complaint::refer;
use super::receive_message::Prepared;

/// Keeps where a complaint is, as the message says, and refers it on where that changes who is to have it. The complaint
/// as it stands then.
pub(super) fn settle_place(
    tx: &mut Tx<'_>,
    text: &Prepared,
    complaint: ComplaintRow,
    place: &PlaceId,
    message_id: i64,
) -> Result<ComplaintRow, StoreError> {
    tx.set_place(complaint.id, place)?;
    tx.add_event(
        complaint.id,
        &NewEvent {
            kind: "place_told",
            actor: "complainant",
            message_id: Some(message_id),
            ..NewEvent::default()
        },
    )?;
    match decide_again(tx, text, &complaint, place)? {
        Some(decision) => refer_on(tx, text, complaint, &decision),
        None => Ok(complaint),
    }
}

/// What the rules of now say of the complaint's first words, at that place; `None` where that changes nothing. What a holder
/// accepted, what a person referred and what is with the convener as sensitive stays where it is.
fn decide_again(
    tx: &Tx<'_>,
    text: &Prepared,
    complaint: &ComplaintRow,
    place: &PlaceId,
) -> Result<Option<Decision>, StoreError> {
    if complaint.status != Status::Referred || complaint.sensitive {
        return Ok(None);
    }
    let (Some(words), Some(last)) = (
        tx.first_words(complaint.id)?,
        tx.last_referral(complaint.id)?,
    ) else {
        return Ok(None);
    };
    if last.actor != BY_RULES {
        return Ok(None);
    }
    let configuration = &text.configuration;
    let decision = configuration.decide_at(&words_of(&words), &text.county, place);
    // Whom the complaint was hidden from, it stays hidden from, whatever the rules say by now.
    let accused = Decision::accused_in(&last.reason);
    let decision = decision.also_against(accused.clone(), &text.county);
    let changes =
        decision.to != complaint.holder || decision.sensitive || decision.against != accused;
    Ok((decision.rule.is_some() && changes).then_some(decision))
}

/// Adds a hop. The new holder gets its days to accept; the days to act and to solve are those that the complainant was
/// told.
fn refer_on(
    tx: &mut Tx<'_>,
    text: &Prepared,
    complaint: ComplaintRow,
    decision: &Decision,
) -> Result<ComplaintRow, StoreError> {
    refer(tx, complaint.id, Some(&complaint.holder), decision)?;
    let (held_since, accept) = if decision.to == complaint.holder {
        (complaint.held_since, complaint.due.accept)
    } else {
        let due = Terms::default().due(tx.now, text.county.zone);
        (tx.now, due.accept)
    };
    tx.hand_over(
        complaint.id,
        &Handover {
            holder: &decision.to,
            held_since,
            accept_due: accept,
            sector: decision.sector.as_ref(),
            kind: decision.kind.as_deref(),
            priority: decision.priority.as_str(),
            sensitive: decision.sensitive,
        },
    )?;
    Ok(ComplaintRow {
        holder: decision.to.clone(),
        held_since,
        sensitive: decision.sensitive,
        due: Due {
            accept,
            ..complaint.due
        },
        ..complaint
    })
}
