//! More is known of a complaint than when it was routed: it goes to whom the rules send it with that.

use crate::actions::notify::make_neutral;
use crate::actions::open_complaint::refer;
use crate::complaint::{PlaceId, SectorId, Status};
use crate::deadlines::Due;
use crate::intake::words_of;
use crate::routing::Decision;
use crate::store::{BY_RULES, ComplaintRow, Handover, NewEvent, Referral, StoreError, Tx};

use super::Talk;

/// What became known.
#[derive(Clone, Copy, Debug)]
pub(super) enum News<'a> {
    /// The words of the text, which may name the place, and are not in the history yet.
    Words(Option<&'a PlaceId>),
    /// Where it is.
    Place(&'a PlaceId),
    /// What it is about, of what no rule could tell.
    Sector(&'a SectorId),
}

/// Keeps it, and refers the complaint on where that changes who is to have it. The complaint as it stands then.
pub(super) fn reconsider(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    mut complaint: ComplaintRow,
    news: News<'_>,
) -> Result<ComplaintRow, StoreError> {
    match news {
        News::Words(None) => {}
        News::Words(Some(place)) | News::Place(place) => {
            tx.set_place(complaint.id, place)?;
            tx.add_event(complaint.id, &talk.event("place_told"))?;
            complaint.place = Some(place.clone());
        }
        News::Sector(sector) => {
            tx.set_sector(complaint.id, sector)?;
            let told = NewEvent {
                detail: Some(sector.as_str()),
                ..talk.event("sector_told")
            };
            tx.add_event(complaint.id, &told)?;
            complaint.sector = Some(sector.clone());
        }
    }
    match decide_again(tx, talk, &complaint, news)? {
        Some(decision) => refer_on(tx, talk, complaint, &decision),
        None => Ok(complaint),
    }
}

/// The hop that the rules may still change. What a holder accepted, what a person referred and what is with the convener as sensitive
/// stays where it is.
pub(super) fn hop_of_the_rules(
    tx: &Tx<'_>,
    complaint: &ComplaintRow,
) -> Result<Option<Referral>, StoreError> {
    if complaint.status != Status::Referred || complaint.sensitive {
        return Ok(None);
    }
    let last = tx.last_referral(complaint.id)?;
    Ok(last.filter(|last| last.actor == BY_RULES))
}

/// What the rules of now say of all that was written, at its place; `None` where that changes nothing, is not theirs to change, or not all of
/// it can be read.
fn decide_again(
    tx: &Tx<'_>,
    talk: &Talk<'_>,
    complaint: &ComplaintRow,
    news: News<'_>,
) -> Result<Option<Decision>, StoreError> {
    let Some(last) = hop_of_the_rules(tx, complaint)? else {
        return Ok(None);
    };
    let configuration = &talk.text.configuration;
    let county = configuration.county_or_first(&complaint.county);
    let Some(mut said) = tx.said(complaint.id)? else {
        return Ok(None);
    };
    if let News::Words(_) = news {
        said.extend(tx.kept_text(talk.message_id)?.map(|text| text.words));
    }
    let words = words_of(&said.join("\n"));
    let mut decision = match &complaint.place {
        Some(place) => configuration.decide_at(&words, county, place),
        None => configuration.decide(&words, county).0,
    };
    if let News::Sector(sector) = news
        && !decision.is_decided()
        && let Some(holder) = configuration.rules.holder_of(sector, &county.id)
    {
        decision = decision.chosen(sector, holder);
    }
    // Whom the complaint was hidden from, it stays hidden from, whatever the rules say by now.
    let accused = Decision::accused_in(&last.reason);
    let decision = decision.also_against(accused.clone(), county);
    let changes =
        decision.to != complaint.holder || decision.sensitive || decision.against != accused;
    Ok((decision.sector.is_some() || decision.is_decided())
        .then_some(decision)
        .filter(|_| changes))
}

/// Adds a hop. The new holder gets its days to accept; the days to act and to solve are those that the complainant was
/// told.
fn refer_on(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
    decision: &Decision,
) -> Result<ComplaintRow, StoreError> {
    if decision.sensitive {
        make_neutral(tx, &talk.text.configuration, &complaint)?;
    }
    refer(tx, complaint.id, Some(&complaint.holder), decision)?;
    let (held_since, accept) = if decision.to == complaint.holder {
        (complaint.held_since, complaint.due.accept)
    } else {
        let configuration = &talk.text.configuration;
        let county = configuration.county_or_first(&complaint.county);
        let due = configuration.due(county, &decision.about(), tx.now);
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
        sector: decision.sector.clone(),
        kind: decision.kind.as_deref().map(str::to_owned),
        priority: decision.priority,
        due: Due {
            accept,
            ..complaint.due
        },
        ..complaint
    })
}
