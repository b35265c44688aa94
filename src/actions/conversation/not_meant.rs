//! "That is not what I meant": what the last text was taken for is turned into the other.

use std::sync::Arc;

use super::ask_next::acknowledge;
use super::reconsider::{News, reconsider};
use super::verdict::reopen;
use super::{Said, Talk};
use crate::actions::notify::fall_silent;
use crate::actions::open_complaint;
use crate::actions::receive_message::Prepared;
use crate::complaint::Status;
use crate::intake::replies::Template;
use crate::store::{ComplaintRow, Did, NewEvent, StoreError, Tx};

/// Turns it; `complaint` is what the text was added to, opened or withdrew.
pub(super) fn turn(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    let Some(done) = talk.phone.turnable else {
        return Ok(Said::only(Template::Help));
    };
    let first = Talk {
        message_id: done.message_id,
        open: None,
        ..*talk
    };
    match done.did {
        Did::Added => to_a_complaint_of_its_own(tx, &first, complaint),
        Did::Opened { beside } => match tx.complaint(beside)? {
            Some(other) if can_be_one(&complaint, &other) => {
                to_the_other(tx, &first, complaint, other)
            }
            _ => Ok(Said::only(Template::Help)),
        },
        Did::Withdrew if complaint.status == Status::Closed => {
            let complaint = reopen(tx, talk, complaint)?;
            Ok(Said::about(complaint, Template::OpenAgain))
        }
        Did::Withdrew => Ok(Said::only(Template::Help)),
    }
}

/// Words that were added open a complaint. Whoever has the other does not see them any more.
fn to_a_complaint_of_its_own(
    tx: &mut Tx<'_>,
    first: &Talk<'_>,
    other: ComplaintRow,
) -> Result<Said, StoreError> {
    let Some(kept) = tx.kept_text(first.message_id)? else {
        return Ok(Said::only(Template::Help));
    };
    let configuration = Arc::clone(&first.text.configuration);
    let text = Prepared::of(configuration, &kept.line, &kept.words);
    let complaint = open_complaint::open_by_text(tx, &text, first.phone)?;
    tx.move_text(first.message_id, complaint.id)?;
    tx.add_event(other.id, &first.event("words_moved"))?;
    open_complaint::receive(tx, complaint.id, &first.event("received"), &text.decision)?;
    acknowledge(tx, first, &text, complaint)
}

/// Whether words can still go from the one to the other: somebody sees to both, and neither was set apart since.
fn can_be_one(complaint: &ComplaintRow, other: &ComplaintRow) -> bool {
    let is_there = |it: &ComplaintRow| it.status != Status::Closed && !it.sensitive;
    is_there(complaint) && is_there(other)
}

/// What opened a complaint goes to the other, and the number of the one stands for the other.
fn to_the_other(
    tx: &mut Tx<'_>,
    first: &Talk<'_>,
    complaint: ComplaintRow,
    other: ComplaintRow,
) -> Result<Said, StoreError> {
    let closed = NewEvent {
        detail: Some("merged"),
        message_id: None,
        ..first.event("closed")
    };
    tx.add_event(complaint.id, &closed)?;
    tx.merge(complaint.id, other.id)?;
    fall_silent(tx, &complaint)?;
    tx.move_text(first.message_id, other.id)?;
    let other = reconsider(tx, first, other, News::Words(None))?;
    tx.add_event(other.id, &first.event("words_added"))?;
    Ok(Said::about(other, Template::Added))
}
