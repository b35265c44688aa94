//! More words on a complaint.

use super::reconsider::{News, reconsider};
use super::{Said, Talk};
use crate::intake::places::Found;
use crate::intake::replies::Template;
use crate::store::{ComplaintRow, Did, StoreError, Tx};

/// Adds them. They may tell where it is or whose it is, as long as nobody knows.
pub(super) fn add(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
    lead: Template,
) -> Result<Said, StoreError> {
    tx.add_event(complaint.id, &talk.event("words_added"))?;
    let tells_place = complaint.place.is_none() && complaint.county == talk.text.county.id;
    let place = match &talk.text.place {
        Found::One(place) if tells_place => Some(place.clone()),
        _ => None,
    };
    let before = complaint.holder.clone();
    let complaint = reconsider(tx, talk, complaint, News::Words(place.as_ref()))?;
    let went_on = lead == Template::WentOn;
    let moved = complaint.holder != before;
    let lead = if moved { Template::Noted } else { lead };
    Ok(Said {
        place: place.filter(|_| moved),
        neutral: talk.text.decision.sensitive,
        did: went_on.then_some(Did::Added),
        ..Said::about(complaint, lead)
    })
}
