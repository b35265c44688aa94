//! The page of a complaint, read from top to bottom like a letter: what was said, where it has been, what was answered, what can be done now.

mod alike;
mod history;
mod ledger;
mod letter;
mod offers;
mod preview;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::deed;
use super::form::Form;
use super::guard::Visitor;
use super::look::{self, Frame};
use super::page::Told;
use super::problem::Problem;
use crate::actions::deed::{MOST_REVEALED, read};
use crate::complaint::{CountyId, OrganisationId, TrackingNumber};
use crate::people::{Sight, may_reveal};
use crate::store::Dossier;
use alike::Others;
use history::{Item, TextView};
use ledger::HopView;
use letter::Letter;
use offers::Offer;

pub(super) use alike::{put_together, take_apart};
pub(super) use history::in_a_line;
pub(super) use offers::deed_name;
pub(super) use preview::Preview;

#[derive(Template)]
#[template(
    path = "complaint/complaint.html",
    config = "src/console/look/askama.toml"
)]
struct ComplaintPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    digits: u64,
    /// The last entry of its history: what something is done on.
    seen: i64,
    letter: Letter,
    hops: Vec<HopView>,
    /// What the citizen was texted at once.
    answers: Vec<TextView>,
    items: Vec<Item>,
    /// The entry before which older ones are.
    older: Option<i64>,
    offers: Vec<Offer>,
    others: Others,
    /// Whether they may be shown the number, or the code where there is none.
    may_reveal: bool,
    /// Whether there is a phone number.
    has_phone: bool,
    /// Whether it is there, and for another to call.
    is_conveners_to_call: bool,
    /// Why they wanted to see it, where it was not shown.
    reason: Option<String>,
    most_revealed: u32,
    /// Whether only their own part is shown.
    is_part: bool,
}

/// What was typed and could not be done, to be shown again.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) deed: Option<crate::people::Deed>,
    pub(super) words: String,
    pub(super) to: String,
    /// Why the number is to be shown.
    pub(super) reason: Option<String>,
    /// Whether to show what the phone would.
    pub(super) shows: bool,
}

/// `/console/complaints/{number}`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    number: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let earlier = query.get("earlier").parse().ok();
    let words = &console.language(&visitor.visit)?.words;
    let told = alike::told(&query, words).or_else(|| deed::told(&query, words));
    let dossier = console.dossier(&visitor, &number, earlier).await?;
    console
        .complaint_page(&visitor, &dossier, told, &Typed::default())
        .await
}

impl Console {
    /// The complaint of the number in an address, as far as they see it; what they do not see is not there.
    pub(super) async fn dossier(
        &self,
        visitor: &Visitor,
        number: &str,
        earlier: Option<i64>,
    ) -> Result<Dossier, Problem> {
        let number = number_of(number).ok_or(Problem::NotThere)?;
        let (configuration, person) = (self.configuration.current(), visitor.person.clone());
        let convener = move |county: &CountyId, holder: &OrganisationId| {
            configuration.convener_of(county, holder).clone()
        };
        let read = self
            .store
            .read(move |reader| reader.dossier(number, &person, convener, earlier));
        read.await?.ok_or(Problem::NotThere)
    }

    /// The page, with a word above it and what was typed.
    pub(super) async fn complaint_page(
        &self,
        visitor: &Visitor,
        dossier: &Dossier,
        told: Option<Told>,
        typed: &Typed,
    ) -> Result<HttpResponse, Problem> {
        if dossier.complaint.sensitive {
            let (person, id) = (visitor.person.clone(), dossier.complaint.id);
            let write = self.store.write("read", move |tx| read(tx, &person, id));
            write.await?;
        }
        let names = self.names(&visitor.visit)?;
        let mut calendar = self.calendar(&visitor.visit)?;
        calendar.zone = names
            .configuration
            .county_or_first(&dossier.complaint.county)
            .zone;
        let number = dossier.complaint.number;
        let has_phone = dossier.complaint.phone_id.is_some();
        // Of a sensitive one nothing can be asked by its code.
        let is_shown_by = has_phone || !dossier.complaint.sensitive;
        let may_reveal = is_shown_by && may_reveal(&visitor.person, &dossier.concern());
        let is_part = dossier.sight == Sight::OwnPart;
        let others = self.others(visitor, dossier, &names, &calendar).await?;
        let (answers, items) = history::items(dossier, &names, &calendar);
        look::page(&ComplaintPage {
            frame: self.desk_frame(visitor, |_| number.to_string()).await?,
            told,
            digits: number.value(),
            seen: dossier.newest_event,
            letter: Letter::new(dossier, &names, &calendar),
            hops: dossier
                .hops
                .iter()
                .map(|hop| HopView::new(hop, dossier, &names, &calendar))
                .collect(),
            answers,
            items,
            older: dossier
                .entries
                .get(1)
                .filter(|_| dossier.is_cut)
                .map(|entry| entry.id),
            offers: offers::offers(dossier, &visitor.person, &names, typed, calendar.now),
            others,
            may_reveal,
            has_phone,
            is_conveners_to_call: has_phone && !may_reveal && !is_part,
            reason: typed.reason.clone(),
            most_revealed: MOST_REVEALED,
            is_part,
        })
    }
}

/// The number in an address: ten digits.
fn number_of(digits: &str) -> Option<TrackingNumber> {
    let values: Vec<u8> = digits
        .bytes()
        .map(|digit| digit.wrapping_sub(b'0'))
        .collect();
    let all_digits = values.iter().all(|value| *value < 10);
    TrackingNumber::from_digits(&values)
        .ok()
        .filter(|_| all_digits)
}
