//! The form to complain with, and its answer: the receipt.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::Public;
use super::county::{Line, convener_of, county_in, to_ask};
use super::look::{Frame, Problem, shown, too_many};
use super::words::Words;
use crate::actions::MOST_LETTERS;
use crate::actions::{Lacks, Lodged, Lodging, LodgingReceipt, PreparedLodging, lodge_complaint};
use crate::complaint::{Address, AgeGroup, Channel, County, Gender, LanguageId, PlaceId, SectorId};
use crate::configuration::Configuration;
use crate::pages::{Form, LARGEST, Taken, is_from};
use crate::people::Token;
use crate::store::HandedIn;
use crate::text::hex::hex;

#[derive(Template)]
#[template(path = "write.html", config = "src/public/askama.toml")]
struct WritePage<'a> {
    frame: Frame<'a>,
    action: String,
    key: String,
    /// What it lacks, and the field that it is about.
    lacks: Option<(&'static str, String)>,
    /// What to do, where too many came before it.
    full: Option<Full>,
    most: usize,
    words: String,
    phone: String,
    brought_by: String,
    for_another: bool,
    places: Vec<Choice>,
    sectors: Vec<Choice>,
    languages: Vec<Choice>,
    genders: Vec<Choice>,
    ages: Vec<Choice>,
}

/// Why a form was not taken. What was typed stays in it.
#[derive(Clone, Copy)]
enum Unsent {
    /// Something is missing or wrong.
    Lacks(Lacks),
    /// Too many came before it.
    TooMany,
}

/// What to do where no more forms are taken for now.
struct Full {
    /// The number to text instead; none: the county has none.
    line: Option<Line>,
    /// Whom to go to instead.
    convener: String,
}

/// Something to choose.
struct Choice {
    id: String,
    name: String,
    is_chosen: bool,
}

impl Choice {
    fn new(id: impl Into<String>, name: impl Into<String>, chosen: &str) -> Self {
        let id = id.into();
        Self {
            is_chosen: id == chosen,
            name: name.into(),
            id,
        }
    }
}

#[derive(Template)]
#[template(path = "receipt.html", config = "src/public/askama.toml")]
struct ReceiptPage<'a> {
    frame: Frame<'a>,
    number: String,
    code: Option<String>,
    convener: String,
    /// Whether texts are sent in this county at all. Whether this one was is not told: whoever looks on, or tries a number, would learn
    /// that its owner has stopped them.
    has_line: bool,
    /// Whom to ask of what is kept private.
    to_ask: String,
    /// What to say of a form that was sent before.
    before: Option<String>,
    track: String,
}

/// `/complain/{county}/write`
pub(super) async fn page(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let page = public.write_page(&request, &Form::default(), None);
    public.answer(&request, page)
}

/// `POST /complain/{county}/write`
pub(super) async fn hand_in(
    public: web::Data<Public>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let page = public.hand_in(&request, payload).await;
    public.answer(&request, page)
}

impl Public {
    fn write_page(
        &self,
        request: &HttpRequest,
        form: &Form,
        unsent: Option<Unsent>,
    ) -> Result<HttpResponse, Problem> {
        let configuration = self.configuration.current();
        let county = county_in(&configuration, request)?;
        let language = self.language(request, Some(county))?;
        let w = &language.words;
        let key = match form.get("key") {
            "" => Token::draw(&mut rand::rng()).expose().to_owned(),
            key => key.to_owned(),
        };
        let text_language = match form.get("language") {
            "" => language.id.as_str(),
            chosen => chosen,
        };
        let texted_in = configuration.replies.languages();
        let mut page = shown(&WritePage {
            frame: self.frame(request, language, w.form_title(), Some(county)),
            action: format!("/complain/{}/write?lang={}", county.id, language.id),
            key,
            lacks: match unsent {
                Some(Unsent::Lacks(lacks)) => Some(said(lacks, w)),
                _ => None,
            },
            full: matches!(unsent, Some(Unsent::TooMany)).then(|| Full {
                line: Line::of(county),
                convener: convener_of(&configuration, county),
            }),
            most: MOST_LETTERS,
            words: form.get("words").to_owned(),
            phone: form.get("phone").to_owned(),
            brought_by: form.get("brought_by").to_owned(),
            for_another: form.get("whom") == "another",
            places: places(&configuration, county, form.get("place")),
            sectors: configuration
                .rules
                .sectors()
                .map(|sector| {
                    let name = sector.name_in(&language.id);
                    Choice::new(sector.id.as_str(), name, form.get("sector"))
                })
                .collect(),
            languages: texted_in
                .map(|one| Choice::new(one.id.as_str(), one.name.as_str(), text_language))
                .collect(),
            genders: Gender::ALL
                .map(|gender| {
                    let name = match gender {
                        Gender::Woman => w.woman(),
                        Gender::Man => w.man(),
                        Gender::Other => w.other(),
                    };
                    Choice::new(gender.as_str(), name, form.get("gender"))
                })
                .into(),
            ages: AgeGroup::ALL
                .map(|group| {
                    let name = match group {
                        AgeGroup::Under18 => w.under_18(),
                        AgeGroup::From18 => w.aged_18(),
                        AgeGroup::From35 => w.aged_35(),
                        AgeGroup::From60 => w.aged_60(),
                    };
                    Choice::new(group.as_str(), name, form.get("age"))
                })
                .into(),
        })?;
        match unsent {
            Some(Unsent::Lacks(_)) => *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY,
            Some(Unsent::TooMany) => too_many(&mut page),
            None => {}
        }
        Ok(page)
    }

    async fn hand_in(
        &self,
        request: &HttpRequest,
        payload: web::Payload,
    ) -> Result<HttpResponse, Problem> {
        let form = Form::read(payload, LARGEST).await?;
        if !is_from(&self.origin, request.headers()) {
            return Err(Problem::Foreign);
        }
        let now = self.clock.now();
        let configuration = self.configuration.current();
        let county = county_in(&configuration, request)?.clone();
        let lodging = match lodging(&form, &county) {
            Ok(lodging) => lodging,
            Err(lacks) => return self.write_page(request, &form, Some(Unsent::Lacks(lacks))),
        };
        let prepared = match PreparedLodging::new(configuration, lodging, now) {
            Ok(prepared) => prepared,
            Err(lacks) => return self.write_page(request, &form, Some(Unsent::Lacks(lacks))),
        };
        // A form that was taken is told so, however many others come.
        let is_new = self.is_new(prepared.lodging()).await?;
        if is_new && !self.may_hand_in(request, now) {
            return self.write_page(request, &form, Some(Unsent::TooMany));
        }
        let write = self
            .store
            .write("lodge", move |tx| lodge_complaint(tx, &prepared));
        let lodged = write.await?;
        self.receipt_page(request, &county, lodged)
    }

    /// Whether nothing was handed in under its key yet.
    async fn is_new(&self, lodging: &Lodging) -> Result<bool, Problem> {
        let lodging = lodging.clone();
        let read = self.store.read(move |reader| {
            let phone = lodging.phone.as_ref();
            reader.handed_in(&lodging.key, phone, &lodging.facts(), &lodging.words)
        });
        Ok(matches!(read.await?, HandedIn::New))
    }

    /// Whether one more is taken from this network, and from all. Where it is not, none of them has one less.
    fn may_hand_in(&self, request: &HttpRequest, now: DateTime<Utc>) -> bool {
        let Some(networks) = self.complaints.take(request, now) else {
            return false;
        };
        let Some(all) = self.complaints_of_all.take((), now) else {
            return false;
        };
        networks.into_iter().for_each(Taken::counts);
        all.counts();
        true
    }

    fn receipt_page(
        &self,
        request: &HttpRequest,
        county: &County,
        lodged: Lodged,
    ) -> Result<HttpResponse, Problem> {
        let configuration = self.configuration.current();
        let language = self.language(request, Some(county))?;
        let w = &language.words;
        let (receipt, before) = match lodged {
            Lodged::Taken(receipt) => (receipt, None),
            Lodged::Again(receipt) => (receipt, Some(w.again())),
            // Who sends something else under somebody's key learns nothing of that complaint but its number, which the page had shown.
            Lodged::Altered(receipt) => (
                LodgingReceipt {
                    code: None,
                    ..receipt
                },
                Some(w.altered()),
            ),
        };
        let LodgingReceipt { number, code, .. } = receipt;
        shown(&ReceiptPage {
            frame: self.frame(request, language, w.got(), Some(county)),
            number: number.grouped(" "),
            code,
            convener: convener_of(&configuration, county),
            has_line: county.line().is_some(),
            to_ask: to_ask(std::iter::once(county), &configuration, language),
            before,
            track: format!("/track?lang={}", language.id),
        })
    }
}

/// The places of a county, each with what it lies in before it.
fn places(configuration: &Configuration, county: &County, chosen: &str) -> Vec<Choice> {
    let in_county = configuration.places.iter().filter(|place| {
        let lies_in = configuration.places.ancestry(&place.id);
        lies_in.len() > 1
            && lies_in
                .last()
                .is_some_and(|top| top.as_str() == county.id.as_str())
    });
    let mut places: Vec<Choice> = in_county
        .map(|place| {
            let lies_in = configuration.places.ancestry(&place.id);
            let above = lies_in.iter().skip(1).rev().skip(1);
            let names = above.filter_map(|id| configuration.places.name(id));
            let name: Vec<&str> = names.chain([place.name.as_str()]).collect();
            Choice::new(place.id.as_str(), name.join(" › "), chosen)
        })
        .collect();
    places.sort_by(|one, other| one.name.cmp(&other.name));
    places
}

/// The complaint that a form hands in.
fn lodging(form: &Form, county: &County) -> Result<Lodging, Lacks> {
    let given = |name: &str| Some(form.get(name).trim()).filter(|value| !value.is_empty());
    let phone = match given("phone") {
        Some(written) => Some(Address::written(written, county.line()).ok_or(Lacks::Phone)?),
        None => None,
    };
    let for_another = form.get("whom") == "another";
    // A form without a key of ours was not sent by our page as it was made: then it is not known when it is sent twice.
    let key = Token::parse(form.get("key")).unwrap_or_else(|| Token::draw(&mut rand::rng()));
    Ok(Lodging {
        key: format!("web:{}", hex(&key.hash().0)),
        channel: Channel::Web,
        county: county.id.clone(),
        words: form.get("words").replace("\r\n", "\n"),
        phone,
        language: given("language").map(LanguageId::new),
        place: given("place").map(PlaceId::new),
        sector: given("sector").map(SectorId::new),
        gender: given("gender").and_then(Gender::from_word),
        age_group: given("age").and_then(AgeGroup::from_word),
        name: None,
        brought_by: for_another.then(|| given("brought_by").unwrap_or_default().to_owned()),
        taken_by: None,
        told_at: None,
        receipt: true,
        imported: None,
    })
}

/// What is missing, and the field that it is about.
fn said(lacks: Lacks, w: &Words) -> (&'static str, String) {
    match lacks {
        Lacks::Words => ("words", w.lacks_words()),
        Lacks::FewerWords => ("words", w.lacks_fewer(MOST_LETTERS)),
        Lacks::Phone => ("phone", w.lacks_phone()),
        Lacks::ShorterName => ("brought_by", w.lacks_name()),
        Lacks::Place => ("place", w.lacks_other()),
        Lacks::Sector => ("sector", w.lacks_other()),
        Lacks::Language | Lacks::County | Lacks::PastTime => ("language", w.lacks_other()),
    }
}
