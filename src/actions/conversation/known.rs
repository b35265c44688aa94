//! What is known of a phone when its text comes, and the complaint that the text is about.

use chrono::{DateTime, Utc};

use super::reconsider::hop_of_the_rules;
use super::verdict::awaits_verdict;
use crate::actions::open_complaint;
use crate::actions::receive_message::Prepared;
use crate::complaint::Address;
use crate::intake::conversation::{Known, OwnComplaint};
use crate::intake::{Asks, Meaning, OpenComplaint, Question, understand};
use crate::routing::Decision;
use crate::store::{Asked, ComplaintRow, Phone, StoreError, Tx};

/// What is known, beside what the phone's own row says.
pub(in crate::actions) struct WhatIsKnown {
    /// The complaint that was last talked about, while it is open.
    pub(in crate::actions) open: Option<ComplaintRow>,
    talked: Option<OpenComplaint>,
    /// Whether sensitive words may be added to what the phone was asked about.
    asked_takes: bool,
    /// The first number in the text that is of a complaint of the phone's, and that complaint.
    own: Option<(OwnComplaint, ComplaintRow)>,
}

/// Looks up what bears on a text.
pub(in crate::actions) fn what_is_known(
    tx: &Tx<'_>,
    text: &Prepared,
    from: &Address,
    phone: &Phone,
) -> Result<WhatIsKnown, StoreError> {
    let open = tx.open_complaint(phone, &text.county.id)?;
    let talked = match &open {
        Some((complaint, about)) => Some(OpenComplaint {
            number: complaint.number,
            place: complaint.place.clone(),
            sector: complaint.sector.clone(),
            sensitive: complaint.sensitive,
            decided: complaint.sensitive
                || complaint.sector.is_some()
                || complaint.holder != text.county.convener,
            by_rules: hop_of_the_rules(tx, complaint)?.is_some(),
            holders: tx.holders(complaint.id)?,
            accused: tx.accused(complaint.id)?,
            takes_code: takes_code(tx, text, complaint.id)?,
            spoken_at: about.at,
            in_parts: about.full,
        }),
        None => None,
    };
    let asked = asked(text, phone).and_then(|asked| asked.about.as_ref());
    let asked_takes = match asked {
        Some(about) => about.sensitive && takes_code(tx, text, about.complaint_id)?,
        None => false,
    };
    Ok(WhatIsKnown {
        asked_takes,
        open: open.map(|(complaint, _)| complaint),
        talked,
        own: own(tx, text, phone, from)?,
    })
}

/// Whether words with the code of a pact may be added to a complaint: it is of just that pact, and hidden from all whom they accuse. Any
/// other may come to one of these yet, or may have been with one.
fn takes_code(tx: &Tx<'_>, text: &Prepared, complaint_id: i64) -> Result<bool, StoreError> {
    let decision = &text.decision;
    if decision.pact.is_none() {
        return Ok(true);
    }
    let accused = tx.accused(complaint_id)?;
    let decisions = tx.decisions(complaint_id)?;
    let is_of_it = decisions
        .iter()
        .any(|json| Decision::pact_in(json) == decision.pact);
    Ok(is_of_it && decision.against.iter().all(|id| accused.contains(id)))
}

fn own(
    tx: &Tx<'_>,
    text: &Prepared,
    phone: &Phone,
    from: &Address,
) -> Result<Option<(OwnComplaint, ComplaintRow)>, StoreError> {
    let asked_about = asked(text, phone)
        .and_then(|asked| asked.about.as_ref())
        .map(|about| about.complaint_id);
    let groups = text.reading.numbers.iter();
    for number in groups.filter_map(|group| group.number.ok()) {
        if let Some(complaint) = tx.own_complaint(from, number)? {
            let own = OwnComplaint {
                number,
                sensitive: complaint.sensitive,
                awaits_verdict: awaits_verdict(tx, &complaint)?,
                is_asked_about: asked_about == Some(complaint.id),
                holder_is_accused: text.decision.against.contains(&complaint.holder),
                takes_code: takes_code(tx, text, complaint.id)?,
            };
            return Ok(Some((own, complaint)));
        }
    }
    Ok(None)
}

/// What the phone was asked, where this text can answer it: texting another county's number, people tell of another matter.
pub(super) fn asked<'a>(text: &Prepared, phone: &'a Phone) -> Option<&'a Asked> {
    phone.asked.as_ref().filter(|asked| {
        let about = asked.about.as_ref();
        about.is_none_or(|about| about.county == text.county.id)
    })
}

impl WhatIsKnown {
    /// What the text means, with this.
    pub(in crate::actions) fn meaning(
        &self,
        text: &Prepared,
        phone: &Phone,
        has_media: bool,
        now: DateTime<Utc>,
    ) -> Meaning {
        let asked = asked(text, phone);
        let question = asked.map(|asked| &asked.question);
        let is = |asks: Asks| question.is_some_and(|question| question.asks == asks);
        let rules = &text.configuration.rules;
        let known = Known {
            own: self.own.as_ref().map(|(own, _)| *own),
            has_media,
            asked: question,
            asked_by: asked
                .and_then(|asked| asked.about.as_ref())
                .filter(|_| is(Asks::Words))
                .map(|about| (&about.holder, self.asked_takes)),
            open: self.talked.as_ref(),
            can_turn: phone.turnable.is_some_and(|done| {
                // How many families? 9: the last word was the officer's.
                let is_asked_since = |question: &Question| question.asked_at > done.at;
                let asks_a_number = is(Asks::Words) && question.is_some_and(is_asked_since);
                done.can_turn(now) && !asks_a_number
            }),
            named: &text.place,
            sector_named: is(Asks::Sector)
                .then(|| rules.sector_named(&text.reading.words))
                .flatten(),
            decision: &text.decision,
            now,
        };
        understand(&text.reading, &known)
    }

    /// The complaint that the text is about; a new one is opened.
    pub(in crate::actions) fn subject(
        &self,
        tx: &mut Tx<'_>,
        text: &Prepared,
        phone: &Phone,
        meaning: &Meaning,
    ) -> Result<Option<ComplaintRow>, StoreError> {
        let row = |tx: &Tx<'_>, id: Option<i64>| match id {
            Some(id) => tx.complaint(id),
            None => Ok(None),
        };
        match meaning {
            Meaning::Complaint => open_complaint::open_by_text(tx, text, phone).map(Some),
            Meaning::AddTo(_) | Meaning::StatusOf(_) | Meaning::VerdictOn(..) => {
                Ok(self.own.as_ref().map(|(_, complaint)| complaint.clone()))
            }
            Meaning::GoOn(_) => Ok(self.open.clone()),
            Meaning::Answer(_) => {
                let about = asked(text, phone).and_then(|asked| asked.about.as_ref());
                row(tx, about.map(|about| about.complaint_id))
            }
            Meaning::NotMeant => row(tx, phone.turnable.map(|done| done.complaint_id)),
            Meaning::StatusOfLatest => tx.latest_complaint(phone.id),
            _ => Ok(None),
        }
    }
}
