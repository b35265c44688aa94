//! Somebody of a partner takes a complaint down: across a desk, or from paper. One form, made to be filled in without a mouse; its
//! printed twin; and the slip that who complained takes home.
//!
//! Rejected: to send the browser on from the form to an address of the slip, which would have to show a code to whoever asks for it
//! again. A form that is sent twice is answered with the same slip, so that the answer can be loaded again as it is.

mod fields;
mod slip;
mod typed;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::form::Form;
use super::guard::Visitor;
use super::look::{self, Frame};
use super::names::Names;
use super::page::Told;
use super::problem::Problem;
use super::words::Language;
use crate::actions::{Lodged, PreparedLodging, lodge_complaint};
use crate::complaint::County;
use crate::people::{Person, Token};
use crate::routing::Rules;
use fields::{Field, Kind, Mends, Source, Where, fields};
use slip::Slip;

#[derive(Template)]
#[template(path = "intake/intake.html", config = "src/console/look/askama.toml")]
struct IntakePage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    /// What this form has one effect under, however often it is sent.
    once: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "intake/paper.html", config = "src/console/look/askama.toml")]
struct PaperPage<'a> {
    frame: Frame<'a>,
    /// What it is printed in.
    printed: &'a Language,
    languages: Vec<&'a Language>,
    county: County,
    counties: Vec<County>,
    convener: String,
    convener_in_short: String,
    /// The number that texts go to; empty: there is none.
    line: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "intake/slip.html", config = "src/console/look/askama.toml")]
struct SlipPage<'a> {
    frame: Frame<'a>,
    slip: Slip<'a>,
    /// The page of the complaint; `None`: they do not see it.
    open: Option<String>,
    /// How the next one comes: as this one did.
    channel: &'static str,
}

/// The counties that somebody takes complaints down for: where their organisation works.
fn counties_of(person: &Person, rules: &Rules) -> Vec<County> {
    let own = person
        .role
        .organisation()
        .and_then(|id| rules.organisation(id));
    let counties = own.into_iter().flat_map(|own| &own.counties);
    counties
        .filter_map(|id| rules.county(id).cloned())
        .collect()
}

/// The county that a form or an address names, or the first of these. What is none of theirs is not there.
fn chosen<'a>(counties: &'a [County], form: &Form) -> Result<&'a County, Problem> {
    let chosen = match form.get("county") {
        "" => counties.first(),
        named => counties.iter().find(|one| one.id.as_str() == named),
    };
    chosen.ok_or(Problem::NotThere)
}

/// `GET /console/intake`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let once = Token::draw(&mut rand::rng());
    let nothing = Mends::new();
    console
        .intake_page(&visitor, &query, &once, None, &nothing)
        .await
}

/// `POST /console/intake`
pub(super) async fn hand_in(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let once = Token::parse(form.get("once")).ok_or(Problem::Unreadable)?;
    let prepared = match console.prepared(&visitor, &form, &once)? {
        Ok(prepared) => Arc::new(prepared),
        Err(mends) => {
            let words = &console.language(&visitor.visit)?.words.intake;
            let told = Told::wrong(words.refused(), [words.refused_what()]);
            return console
                .form_again(&visitor, &form, &once, told, &mends)
                .await;
        }
    };
    let lodging = Arc::clone(&prepared);
    let write = console
        .store
        .write("lodge", move |tx| lodge_complaint(tx, &lodging));
    match write.await? {
        Lodged::Taken(receipt) | Lodged::Again(receipt) => {
            let slip = console.slip(&visitor, &form, &receipt)?;
            console.slip_page(&visitor, &form, slip).await
        }
        Lodged::Altered(receipt) => {
            let words = &console.language(&visitor.visit)?.words.intake;
            let told = Told::wrong(words.altered(receipt.number), [words.altered_what()]);
            let (new, nothing) = (Token::draw(&mut rand::rng()), Mends::new());
            console
                .form_again(&visitor, &form, &new, told, &nothing)
                .await
        }
    }
}

/// `GET /console/intake/paper`: `?in=sw` prints it in another language.
pub(super) async fn paper(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let own = console.names(&visitor.visit)?;
    let printed = console.languages.iter();
    let printed = printed
        .filter(|language| language.id.as_str() == query.get("in"))
        .fold(own.language, |_, chosen| chosen);
    let names = Names {
        configuration: own.configuration,
        language: printed,
    };
    let counties = counties_of(&visitor.person, &names.configuration.rules);
    let county = chosen(&counties, &query)?.clone();
    let source = Source {
        names: &names,
        counties: std::slice::from_ref(&county),
        today: String::new(),
        typed: &Form::default(),
        mends: &Mends::new(),
    };
    look::page(&PaperPage {
        frame: console
            .desk_frame(&visitor, |w| w.intake.to_paper())
            .await?,
        printed,
        languages: console.languages.iter().collect(),
        convener: names.organisation(&county.convener),
        convener_in_short: names.short(&county.convener),
        line: county
            .line()
            .map(|line| line.expose().to_owned())
            .unwrap_or_default(),
        fields: fields(&source, Where::Paper),
        county,
        counties,
    })
}

impl Console {
    /// The form, with what was typed and what is to be mended.
    async fn intake_page(
        &self,
        visitor: &Visitor,
        typed: &Form,
        once: &Token,
        told: Option<Told>,
        mends: &Mends,
    ) -> Result<HttpResponse, Problem> {
        let names = self.names(&visitor.visit)?;
        let counties = counties_of(&visitor.person, &names.configuration.rules);
        let zone = chosen(&counties, typed)?.zone;
        let today = self.clock.now().with_timezone(&zone).date_naive();
        let source = Source {
            names: &names,
            counties: &counties,
            today: today.to_string(),
            typed,
            mends,
        };
        look::page(&IntakePage {
            frame: self.desk_frame(visitor, |words| words.nav.intake()).await?,
            told,
            once: once.expose().to_owned(),
            fields: fields(&source, Where::Screen),
        })
    }

    /// The form of somebody whose complaint was not taken.
    async fn form_again(
        &self,
        visitor: &Visitor,
        typed: &Form,
        once: &Token,
        told: Option<Told>,
        mends: &Mends,
    ) -> Result<HttpResponse, Problem> {
        let page = self.intake_page(visitor, typed, once, told, mends).await;
        let mut page = page?;
        *page.status_mut() = if mends.is_empty() {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        Ok(page)
    }

    /// What was typed, read and routed; or what is to be mended.
    fn prepared(
        &self,
        visitor: &Visitor,
        form: &Form,
        once: &Token,
    ) -> Result<Result<PreparedLodging, Mends>, Problem> {
        let configuration = self.configuration.current();
        let counties = counties_of(&visitor.person, &configuration.rules);
        let words = &self.language(&visitor.visit)?.words;
        let desk = typed::Desk {
            person: &visitor.person,
            county: chosen(&counties, form)?,
            words,
            now: self.clock.now(),
        };
        Ok(typed::lodging(form, once, &desk).and_then(|lodging| {
            PreparedLodging::new(Arc::clone(&configuration), lodging, desk.now)
                .map_err(|lacks| typed::mends(lacks, form, words))
        }))
    }

    /// The answer to a complaint that was taken. Who does not see it has the slip and no more.
    async fn slip_page(
        &self,
        visitor: &Visitor,
        form: &Form,
        slip: Slip<'_>,
    ) -> Result<HttpResponse, Problem> {
        let open = match self.dossier(visitor, &slip.digits, None).await {
            Ok(_) => Some(format!("/console/complaints/{}", slip.digits)),
            Err(Problem::NotThere) => None,
            Err(problem) => return Err(problem),
        };
        look::page(&SlipPage {
            frame: self.desk_frame(visitor, |words| words.nav.intake()).await?,
            slip,
            open,
            channel: if form.get("channel") == "paper" {
                "paper"
            } else {
                "walk_in"
            },
        })
    }
}
