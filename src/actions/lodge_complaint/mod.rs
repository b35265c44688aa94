//! A complaint is handed in by a form, across a desk, on paper or in a file: it is the same complaint as one by text.
//!
//! What makes it the same stands in `open_complaint`: the rules, the number, the owner, the deadlines. What differs: somebody may have
//! chosen place and sector, who knows better than the rules; it may be brought for another; and without a phone it is tracked by a code.

mod prepare;
mod receipt;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::complaint::{
    Address, AgeGroup, Channel, County, CountyId, Gender, LanguageId, OrganisationId, PlaceId,
    SectorId, Status, TrackingNumber,
};
use crate::configuration::Configuration;
use crate::intake::places::Found;
use crate::people::Person;
use crate::routing::Decision;
use crate::store::{
    ComplaintRow, HandedIn, Milestone, NewEvent, NewLodging, StoreError, Told, Trace, Tx,
    Untextable,
};

use super::open_complaint::{self, Opening};

/// No more letters of a name.
pub const MOST_OF_A_NAME: usize = 100;
/// As what something is closed that nobody of ours asked about.
const UNCONFIRMED: &str = "unconfirmed";

/// A complaint as it is handed in.
#[derive(Clone, Debug)]
pub struct Lodging {
    /// What it has one effect under, however often it is sent: a form's own key, or an import and its row.
    pub key: String,
    /// How it came.
    pub channel: Channel,
    /// Where it belongs.
    pub county: CountyId,
    /// What is wrong.
    pub words: String,
    /// The phone that is texted about it.
    pub phone: Option<Address>,
    /// The language that was chosen for texts about it.
    pub language: Option<LanguageId>,
    /// Where it is, if somebody chose.
    pub place: Option<PlaceId>,
    /// What it is about, if somebody chose.
    pub sector: Option<SectorId>,
    /// The gender of whom it is about, if told.
    pub gender: Option<Gender>,
    /// The same of their age group.
    pub age_group: Option<AgeGroup>,
    /// The name of whom it is about, if told.
    pub name: Option<String>,
    /// Who brought it on that person's behalf, empty where they did not say; `None`: that person did so themselves.
    pub brought_by: Option<String>,
    /// Who of a partner took it down.
    pub taken_by: Option<Person>,
    /// When it was told, where that was before now.
    pub told_at: Option<DateTime<Utc>>,
    /// Whether its phone is sent a receipt.
    pub receipt: bool,
    /// What only a file of another system says; `None`: it comes from none.
    pub imported: Option<Imported>,
}

/// What a file of another system says of a complaint beside what a form asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// When it was over there. It is history: it is closed as unconfirmed, for nobody of ours asked, and no text is ever owed about it.
    pub over: Option<DateTime<Utc>>,
    /// Its receipt does not leave before then: the receipts of a file must not stand before the answers to people.
    pub receipt_after: Option<DateTime<Utc>>,
}

/// What a complaint lacks to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacks {
    /// There is no such county.
    County,
    /// Words.
    Words,
    /// Fewer than [`MOST_LETTERS`](crate::actions::MOST_LETTERS).
    FewerWords,
    /// A name of no more than [`MOST_OF_A_NAME`].
    ShorterName,
    /// A phone of a person: it is a number of ours, or none that can be texted.
    Phone,
    /// A place of the county.
    Place,
    /// A sector that there is.
    Sector,
    /// A language that there are texts in.
    Language,
    /// A time that has been.
    PastTime,
}

/// What can be worked out about a complaint before the writer is asked.
pub struct PreparedLodging {
    configuration: Arc<Configuration>,
    county: County,
    decision: Decision,
    place: Found,
    /// The language that its words are in, if they tell.
    spoken: Option<LanguageId>,
    lodging: Lodging,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lodged {
    /// It is a complaint now.
    Taken(Receipt),
    /// It was handed in before, just so.
    Again(Receipt),
    /// Something else was handed in before under its key: that one stands.
    Altered(Receipt),
}

/// What its complainant is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its row.
    pub complaint_id: i64,
    /// Its number.
    pub number: TrackingNumber,
    /// The six digits that it is tracked by; `None`: by the last four digits of its phone.
    pub code: Option<String>,
    /// Who has it; `None`: that is not told of a sensitive one.
    pub holder: Option<OrganisationId>,
    /// By when an answer is due, in the county's days; `None`: that is not told of a sensitive one.
    pub due: Option<NaiveDate>,
    /// Whether its phone is texted.
    pub is_texted: bool,
}

/// Takes a complaint in that came by no text. Its key has one effect, however often it is sent.
///
/// # Errors
/// The store's; then nothing of it was kept, and it may be sent again.
pub fn lodge_complaint(tx: &mut Tx<'_>, prepared: &PreparedLodging) -> Result<Lodged, StoreError> {
    let PreparedLodging {
        county,
        decision,
        lodging,
        ..
    } = prepared;
    let digest = tx.digest_of_lodging(lodging.phone.as_ref(), &lodging.facts(), &lodging.words);
    if let Some(before) = prepared.handed_in_before(tx, &digest)? {
        return Ok(before);
    }
    let spoken = lodging.language.as_ref().or(prepared.spoken.as_ref());
    let phone = match &lodging.phone {
        // Whoever fills in the public form has shown no phone: one that is known keeps its language.
        Some(address) if lodging.channel == Channel::Web => {
            Some(tx.phone_that_is_named(address, spoken)?)
        }
        Some(address) => Some(tx.phone(address, spoken)?),
        None => None,
    };
    let own = phone.as_ref().and_then(|phone| phone.language.as_ref());
    let language = lodging.language.as_ref().or(own).or(spoken);
    let opening = Opening {
        configuration: &prepared.configuration,
        channel: lodging.channel,
        county,
        decision,
        place: &prepared.place,
        phone_id: phone.as_ref().map(|phone| phone.id),
        untextable: match &phone {
            None => Some(Untextable::NoPhone),
            Some(phone) => phone.stopped.then_some(Untextable::Stopped),
        },
        // Somebody filled in a form.
        doubtful: false,
        language: language.unwrap_or(&county.language),
        told: Told {
            gender: lodging.gender,
            age_group: lodging.age_group,
        },
        opened_at: lodging.told_at.unwrap_or(tx.now),
    };
    let complaint = match lodging.over() {
        Some(over) => add_history(tx, prepared, &opening, over)?,
        None => take_up(tx, prepared, &opening)?,
    };
    let by = lodging.taken_by.as_ref();
    if let (true, Some(person)) = (complaint.sensitive, by) {
        tx.leave_trace(person, complaint.id, Trace::Lodged, None)?;
    }
    tx.add_lodging(
        complaint.id,
        &NewLodging {
            key: &lodging.key,
            digest,
            name: lodging.name.as_deref(),
            brought_by: lodging.brought_by.as_deref(),
        },
    )?;
    receipt::owe(tx, prepared, &complaint)?;
    Ok(Lodged::Taken(receipt::receipt(tx, prepared, &complaint)?))
}

/// Opens it where the rules send it, and writes down what was said.
fn take_up(
    tx: &mut Tx<'_>,
    prepared: &PreparedLodging,
    opening: &Opening<'_>,
) -> Result<ComplaintRow, StoreError> {
    let PreparedLodging {
        lodging, decision, ..
    } = prepared;
    let complaint = open_complaint::open(tx, opening)?;
    let by = lodging.taken_by.as_ref();
    let received = NewEvent {
        kind: "received",
        actor: "complainant",
        person: by.map(|person| person.id),
        organisation: by.and_then(|person| person.role.organisation()),
        words: Some(&lodging.words),
        ..NewEvent::default()
    };
    open_complaint::receive(tx, complaint.id, &received, decision)?;
    Ok(complaint)
}

/// What is over elsewhere is written down with the times of then: it was told, it went to whom the rules send it, it was over.
fn add_history(
    tx: &mut Tx<'_>,
    prepared: &PreparedLodging,
    opening: &Opening<'_>,
    over: DateTime<Utc>,
) -> Result<ComplaintRow, StoreError> {
    let told_at = opening.opened_at.min(over);
    let complaint = tx.at(told_at, |tx| take_up(tx, prepared, opening))?;
    tx.at(over, |tx| {
        let closed = NewEvent {
            kind: "closed",
            actor: "clock",
            detail: Some(UNCONFIRMED),
            ..NewEvent::default()
        };
        tx.add_event(complaint.id, &closed)?;
        // When it was over there is all that is known of when it was solved.
        tx.reach(complaint.id, Milestone::Resolved)?;
        tx.close_complaint(complaint.id, UNCONFIRMED)
    })?;
    Ok(ComplaintRow {
        status: Status::Closed,
        ..complaint
    })
}

impl PreparedLodging {
    /// What was handed in under its key already.
    fn handed_in_before(
        &self,
        tx: &Tx<'_>,
        digest: &[u8; 16],
    ) -> Result<Option<Lodged>, StoreError> {
        let (id, is_the_same) = match tx.handed_in(&self.lodging.key, digest)? {
            HandedIn::New => return Ok(None),
            HandedIn::Same(id) => (id, true),
            HandedIn::Other(id) => (id, false),
        };
        let complaint = tx.complaint(id)?;
        let complaint = complaint.ok_or(StoreError::Unknown("lodging.complaint_id"))?;
        let receipt = receipt::receipt(tx, self, &complaint)?;
        Ok(Some(if is_the_same {
            Lodged::Again(receipt)
        } else {
            Lodged::Altered(receipt)
        }))
    }
}

impl Lodging {
    /// When it was over in another system.
    fn over(&self) -> Option<DateTime<Utc>> {
        self.imported.and_then(|imported| imported.over)
    }

    /// All but phone and words, to tell one from another.
    ///
    /// What was handed in before stays the same by this: rows of a file, which are sent again after months, are told by no more than ever.
    pub fn facts(&self) -> String {
        let facts = [
            Some(self.county.as_str()),
            self.place.as_ref().map(PlaceId::as_str),
            self.sector.as_ref().map(SectorId::as_str),
            self.gender.map(Gender::as_str),
            self.age_group.map(AgeGroup::as_str),
            self.name.as_deref(),
            self.brought_by.as_deref(),
        ];
        let mut facts: Vec<String> = facts
            .into_iter()
            .map(|fact| fact.unwrap_or_default().to_owned())
            .collect();
        if self.brought_by.as_deref() == Some("") {
            facts.push("brought by somebody".to_owned());
        }
        if self.imported.is_none() {
            let language = self.language.as_ref().map(LanguageId::to_string);
            let told_at = self.told_at.map(|at| at.to_rfc3339());
            facts.push(self.channel.as_str().to_owned());
            facts.extend([language, told_at].map(Option::unwrap_or_default));
        }
        serde_json::Value::from(facts).to_string()
    }
}
