//! Complaints of another system, from a file: chosen, looked through, taken in. What the command line does, for who has a browser.
//!
//! The file waits beside the database, sealed, one a person. What its columns mean goes along in the forms: nothing else is kept between
//! the steps, so that a restart in between loses nothing. It is taken in by the service's own task, as a file of the command line is.

mod arriving;
mod looking;
mod progress;
mod report;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use tokio::sync::Semaphore;

use super::Console;
use super::form::Form;
use super::guard::{Visitor, go_to};
use super::look::{self, Frame};
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use crate::complaint::County;
use crate::import::{Chosen, Course, Unreadable};
use crate::people::{Person, Role};
use crate::store::{StoreError, Uploaded};
use looking::{Looked, Wish};
use report::Report;

pub(super) use arriving::Arrived;
pub(super) use progress::{progress, take_away};

/// The first page.
const HERE: &str = "/console/import";
/// Where it is told how far it is.
const PROGRESS: &str = "/console/import/progress";
/// The encodings that are offered besides what a file says itself: of Western Europe, of Arabic twice, of a spreadsheet's "Unicode text".
const ENCODINGS: [&str; 4] = ["windows-1252", "windows-1256", "iso-8859-6", "utf-16le"];

/// What the pages of imports have in common.
pub(super) struct Importing {
    /// How far the one is that is being taken in.
    course: Course,
    /// One file is looked through at a time: each takes a processor.
    looking: Arc<Semaphore>,
}

impl Importing {
    /// `course` is told by who takes in.
    pub(super) fn new(course: Course) -> Self {
        Self {
            course,
            looking: Arc::new(Semaphore::new(1)),
        }
    }
}

#[derive(Template)]
#[template(path = "import/import.html", config = "src/console/look/askama.toml")]
struct ImportPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    encodings: &'static [&'static str],
    /// The counties that a draft may be made for.
    counties: Vec<County>,
    /// The megabytes that a file may have.
    most: usize,
    chosen: Option<Chosen>,
    /// What is wrong with the mapping, as its reader tells it; empty: nothing.
    findings: String,
    report: Option<Report>,
}

/// What stands on the page beside the form for a file.
#[derive(Default)]
struct Step {
    told: Option<Told>,
    chosen: Option<Chosen>,
    findings: String,
    report: Option<Report>,
}

/// `GET /console/import`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    if console.store.is_import_waiting() || console.aside(&visitor.person).await?.is_some() {
        return Ok(go_to(PROGRESS));
    }
    match console.drafted(&visitor.person).await? {
        None => console.import_page(&visitor, Step::default()).await,
        Some(Ok(chosen)) => {
            let step = Step {
                chosen: Some(chosen),
                ..Step::default()
            };
            console.import_page(&visitor, step).await
        }
        Some(Err(unreadable)) => console.unreadable(&visitor, &unreadable).await,
    }
}

/// `POST /console/import`
pub(super) async fn choose(
    console: web::Data<Console>,
    visitor: Visitor,
    arrived: Arrived,
) -> Result<HttpResponse, Problem> {
    let w = &console.language(&visitor.visit)?.words.import;
    let most = arriving::LARGEST_MB;
    let (status, told) = match arrived {
        Arrived::File => match console.drafted(&visitor.person).await? {
            Some(Err(unreadable)) => return console.unreadable(&visitor, &unreadable).await,
            _ => return Ok(go_to(HERE)),
        },
        Arrived::Nothing => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Told::wrong(w.no_file(), [w.no_file_what()]),
        ),
        Arrived::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            Told::wrong(w.too_large(most), [w.too_large_what()]),
        ),
        Arrived::Busy => (StatusCode::CONFLICT, Told::wrong(w.busy(), [w.busy_what()])),
    };
    console.import_told(&visitor, status, told).await
}

/// `POST /console/import/check`
pub(super) async fn check(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let looked = console.look_through(&visitor, &form, false).await?;
    console.looked_page(&visitor, &form, looked).await
}

/// `POST /console/import/take-in`
pub(super) async fn take_in(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let looked = console.look_through(&visitor, &form, true).await?;
    console.looked_page(&visitor, &form, looked).await
}

/// `POST /console/import/put-away`
pub(super) async fn put_away(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    console.put_file_away(&visitor.person).await?;
    Ok(go_to(HERE))
}

impl Console {
    /// The counties that somebody brings complaints in for. Who does for none has no such page.
    pub(super) fn counties_to_import(&self, person: &Person) -> Result<Vec<County>, Problem> {
        let configuration = self.configuration.current();
        let counties = configuration.rules.counties();
        let theirs = counties.filter(|county| match &person.role {
            Role::Administrator => true,
            Role::Convener(own) => county.convener == *own,
            Role::Officer(_) | Role::Committee(_) => false,
        });
        let theirs: Vec<County> = theirs.cloned().collect();
        match theirs.is_empty() {
            true => Err(Problem::NotThere),
            false => Ok(theirs),
        }
    }

    /// The file that somebody chose, with a draft of its mapping where none was chosen with it; or why it cannot be read.
    async fn drafted(
        &self,
        person: &Person,
    ) -> Result<Option<Result<Chosen, Unreadable>>, Problem> {
        let (store, id) = (self.store.clone(), person.id);
        let drafted = web::block(move || {
            let uploaded = store.uploaded(id)?;
            let mut chosen = Chosen::from_text(&uploaded.about)?;
            if chosen.mapping.is_empty() {
                match looking::draft(uploaded, &chosen) {
                    Ok(draft) => chosen.mapping = draft,
                    Err(unreadable) => return Some(Err(unreadable)),
                }
            }
            Some(Ok(chosen))
        });
        drafted.await.map_err(|_| Problem::Unavailable)
    }

    /// Nobody needs their file any more.
    async fn put_file_away(&self, person: &Person) -> Result<(), Problem> {
        let (store, id) = (self.store.clone(), person.id);
        let away = web::block(move || store.take_away_upload(id));
        Ok(away.await.map_err(|_| Problem::Unavailable)??)
    }

    /// A file that is no table is not kept.
    async fn unreadable(
        &self,
        visitor: &Visitor,
        unreadable: &Unreadable,
    ) -> Result<HttpResponse, Problem> {
        self.put_file_away(&visitor.person).await?;
        let words = &self.language(&visitor.visit)?.words;
        let told = Told::wrong(
            words.import.unreadable(),
            [why_unreadable(words, unreadable)],
        );
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        self.import_told(visitor, status, told).await
    }

    /// Looks through the file that the form is about, and hands it over where that is wished and nothing is wrong.
    async fn look_through(
        &self,
        visitor: &Visitor,
        form: &Form,
        hands_over: bool,
    ) -> Result<Looked, Problem> {
        let counties = self.counties_to_import(&visitor.person)?;
        let looking = looking::Looking {
            store: self.store.clone(),
            person: visitor.person.id,
            counties: counties.into_iter().map(|county| county.id).collect(),
            configuration: self.configuration.current(),
            now: self.clock.now(),
        };
        let wish = Wish {
            once: form.get("once").to_owned(),
            // A browser ends lines with two characters.
            mapping: form.get("mapping").replace("\r\n", "\n"),
            texts: match form.get("texts") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            hands_over,
        };
        let one_at_a_time = Arc::clone(&self.importing.looking).acquire_owned().await;
        let looked = self.store.read(move |reader| {
            // It is held to the end, also where the browser has left long before.
            let _held = one_at_a_time;
            Ok(looking.look(*reader, &wish))
        });
        match looked.await? {
            Err(StoreError::ImportWaits) => Ok(Looked::Busy),
            looked => Ok(looked?),
        }
    }

    /// What is shown of a file that was looked through.
    async fn looked_page(
        &self,
        visitor: &Visitor,
        form: &Form,
        looked: Looked,
    ) -> Result<HttpResponse, Problem> {
        let names = self.names(&visitor.visit)?;
        let w = &names.language.words.import;
        let mut status = StatusCode::UNPROCESSABLE_ENTITY;
        let mut step = Step::default();
        match looked {
            // It was handed over by the same button before.
            Looked::HandedOver
            | Looked::Nothing {
                is_handed_over: true,
            } => {
                return Ok(go_to(PROGRESS));
            }
            Looked::Nothing { .. } => {
                step.told = Told::wrong(w.gone(), [w.gone_what()]);
                let status = StatusCode::CONFLICT;
                return self.import_told(visitor, status, step.told).await;
            }
            Looked::Busy => {
                status = StatusCode::CONFLICT;
                step.told = Told::wrong(w.busy(), [w.busy_what()]);
            }
            Looked::Unreadable(unreadable) => {
                let words = &names.language.words;
                step.told = Told::wrong(w.unreadable(), [why_unreadable(words, &unreadable)]);
            }
            Looked::NoMapping(findings) => {
                step.told = Told::wrong(w.mapping_wrong(), [w.mapping_wrong_what()]);
                step.findings = findings.render(false);
            }
            Looked::Checked(checked) => {
                let report = Report::new(&checked, form.get("texts"), &names);
                if report.is_good() {
                    status = StatusCode::OK;
                } else {
                    step.told = report.told.clone();
                }
                step.report = Some(report);
            }
        }
        step.chosen = self.chosen_again(&visitor.person, form).await?;
        let mut page = self.import_page(visitor, step).await?;
        *page.status_mut() = status;
        Ok(page)
    }

    /// The file that was chosen, with the mapping as it was posted.
    async fn chosen_again(&self, person: &Person, form: &Form) -> Result<Option<Chosen>, Problem> {
        let (store, id) = (self.store.clone(), person.id);
        let uploaded = web::block(move || store.uploaded(id));
        let uploaded: Option<Uploaded> = uploaded.await.map_err(|_| Problem::Unavailable)?;
        let chosen = uploaded.and_then(|uploaded| Chosen::from_text(&uploaded.about));
        Ok(chosen.map(|chosen| Chosen {
            mapping: form.get("mapping").to_owned(),
            ..chosen
        }))
    }

    /// The page with a word above it, and the file that is chosen by now.
    async fn import_told(
        &self,
        visitor: &Visitor,
        status: StatusCode,
        told: Option<Told>,
    ) -> Result<HttpResponse, Problem> {
        let chosen = self.drafted(&visitor.person).await?;
        let step = Step {
            told,
            chosen: chosen.and_then(Result::ok),
            ..Step::default()
        };
        let mut page = self.import_page(visitor, step).await?;
        *page.status_mut() = status;
        Ok(page)
    }

    async fn import_page(&self, visitor: &Visitor, step: Step) -> Result<HttpResponse, Problem> {
        look::page(&ImportPage {
            frame: self
                .frame_with_counts(visitor, |words| words.nav.import())
                .await?,
            told: step.told,
            encodings: &ENCODINGS,
            counties: self.counties_to_import(&visitor.person)?,
            most: arriving::LARGEST_MB,
            chosen: step.chosen,
            findings: step.findings,
            report: step.report,
        })
    }
}

/// Why a file is no table.
fn why_unreadable(words: &Words, unreadable: &Unreadable) -> String {
    let w = &words.import;
    match unreadable {
        Unreadable::Empty => w.empty(),
        Unreadable::Columns => w.too_many_columns(),
        Unreadable::Endless { row, line } => w.endless(row, line),
        Unreadable::HeaderQuote => w.header_quote(),
        Unreadable::Spreadsheet => w.spreadsheet(),
        Unreadable::TooManyRows(most) => w.too_many_rows(most),
        Unreadable::Io(_) => w.choose_again(),
    }
}
