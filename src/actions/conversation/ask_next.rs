//! A new complaint is acknowledged, and what is missing is asked for, one question after the other.

use super::{Asking, Said, Talk};
use crate::actions::receive_message::Prepared;
use crate::complaint::SectorId;
use crate::intake::Asks;
use crate::intake::places::Found;
use crate::intake::question::{Missing, next};
use crate::intake::replies::Template;
use crate::store::{ComplaintRow, Did, StoreError, Tx};

/// The answer to a complaint in the words of `text`. Beside another that is open it says so, and a 9 adds the words to that one;
/// not where either is sensitive: what is kept apart stays apart.
pub(super) fn acknowledge(
    tx: &Tx<'_>,
    talk: &Talk<'_>,
    text: &Prepared,
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    let beside = talk
        .open
        .filter(|open| !open.sensitive && !complaint.sensitive);
    let is_busy = talk
        .phone
        .asked
        .as_ref()
        .is_some_and(|asked| asked.question.is_open(tx.now));
    let asks = if is_busy {
        None
    } else {
        ask_next(tx, talk, &complaint, None, &text.place)?
    };
    let lead = match beside {
        Some(_) => Template::AckNew,
        None => Template::Ack,
    };
    Ok(Said {
        asks,
        other: beside.map(|open| open.number),
        did: beside.map(|open| Did::Opened { beside: open.id }),
        ..Said::about(complaint, lead)
    })
}

/// The question that comes after that one, if anything is missing; `place` is what the words tell of it.
pub(super) fn ask_next(
    tx: &Tx<'_>,
    talk: &Talk<'_>,
    complaint: &ComplaintRow,
    after: Option<Asks>,
    place: &Found,
) -> Result<Option<Asking>, StoreError> {
    if complaint.sensitive {
        return Ok(None);
    }
    let configuration = &talk.text.configuration;
    let county = configuration.county_or_first(&complaint.county);
    let undecided = complaint.sector.is_none() && complaint.holder == county.convener;
    let all = configuration.rules.sectors();
    let sectors: Option<Vec<SectorId>> =
        undecided.then(|| all.map(|sector| sector.id.clone()).collect());
    let missing = Missing {
        place: complaint.place.is_none().then_some(place),
        sectors: sectors.as_deref(),
        person: tx.told_lately(talk.phone, Some(complaint.id))?.is_none(),
    };
    Ok(next(after, missing).map(|(asks, choices)| Asking::first(asks, choices)))
}
