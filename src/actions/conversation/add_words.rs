//! More words on a complaint.

use super::reconsider::{News, reconsider};
use super::{Asking, Said, Talk};
use crate::actions::pause::go_on;
use crate::complaint::Status;
use crate::intake::Asks;
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
    let tells_place = complaint.place.is_none() && complaint.county == talk.text.county.id;
    let place = match &talk.text.place {
        Found::One(place) if tells_place => Some(place.clone()),
        _ => None,
    };
    let before = complaint.holder.clone();
    let complaint = go_on(tx, &talk.text.configuration, complaint)?;
    let complaint = reconsider(tx, talk, complaint, News::Words(place.as_ref()))?;
    // Behind the hop that they may have caused: whoever had it until then does not see them.
    tx.add_event(complaint.id, &talk.event("words_added"))?;
    let went_on = lead == Template::WentOn;
    let moved = complaint.holder != before;
    let asks = verdict_again(tx, talk, &complaint);
    let lead = match asks {
        // One question a text: the 9 would be another.
        Some(_) => Template::Added,
        None if moved => Template::Noted,
        None => lead,
    };
    Ok(Said {
        asks,
        place: place.filter(|_| moved),
        neutral: talk.text.decision.sensitive,
        did: went_on.then_some(Did::Added),
        ..Said::about(complaint, lead)
    })
}

/// Whether it is solved is said by a digit only: "there is still no water" must not let silence close it.
fn verdict_again(tx: &Tx<'_>, talk: &Talk<'_>, complaint: &ComplaintRow) -> Option<Asking> {
    let is_resolved = complaint.status == Status::Resolved;
    let asks = Asks::Verdict;
    (is_resolved && talk.may_be_asked(asks, complaint, tx.now))
        .then(|| Asking::first(asks, Vec::new()))
}
