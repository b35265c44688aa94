//! The slip that who complained takes home: the number, and how to ask.
//!
//! It is the same paper whatever the complaint is: slips are found by others, and must not tell them that one is kept private. So it does
//! not say who has it and by when; of what is not kept private, who wrote it down reads that beside the slip, to say it aloud.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::chosen;
use super::counties_of;
use crate::actions::lodge_complaint::Receipt;
use crate::complaint::County;
use crate::console::Console;
use crate::console::form::Form;
use crate::console::guard::Visitor;
use crate::console::look::Calendar;
use crate::console::names::{self, Names};
use crate::console::problem::Problem;
use crate::console::words::Language;

/// A slip, in the language of who takes it home.
pub(super) struct Slip<'a> {
    pub(super) language: &'a Language,
    /// In groups, to be read.
    pub(super) number: String,
    /// In addresses.
    pub(super) digits: String,
    /// When it was taken down.
    pub(super) on: String,
    /// The code in groups; empty: it is asked for by phone, or not at all.
    pub(super) code: String,
    /// Whether a text goes out; empty: there is no phone.
    pub(super) sent: String,
    /// How to ask, a line each.
    pub(super) ask: Vec<String>,
    /// What happens next, a line each, for who wrote it down: not on the paper. Of a sensitive one, nothing.
    pub(super) told: Vec<String>,
}

impl Console {
    /// The slip for a receipt. It is written in the language that was chosen for texts, where there are pages in it; else in that of
    /// who hands it over.
    pub(super) fn slip(
        &self,
        visitor: &Visitor,
        form: &Form,
        receipt: &Receipt,
    ) -> Result<Slip<'_>, Problem> {
        let own = self.names(&visitor.visit)?;
        let theirs = self.languages.iter();
        let theirs = theirs
            .filter(|language| language.id.as_str() == form.get("language"))
            .fold(own.language, |_, chosen| chosen);
        let counties = counties_of(&visitor.person, &own.configuration.rules);
        let county = chosen(&counties, form)?;
        let calendar = Calendar {
            zone: county.zone,
            ..self.calendar(&visitor.visit)?
        };
        let told = told(receipt, &own, &calendar);
        let names = Names {
            configuration: own.configuration,
            language: theirs,
        };
        let calendar = Calendar {
            language: theirs,
            ..calendar
        };
        let track = format!("{}/track", self.origin);
        Ok(Slip {
            language: theirs,
            number: receipt.number.to_string(),
            digits: receipt.number.value().to_string(),
            on: theirs.words.slip.on(calendar.date(calendar.now)),
            code: receipt.code.as_deref().map(names::code).unwrap_or_default(),
            sent: sent(receipt, &names),
            ask: ask(receipt, county, &names, &track),
            told,
        })
    }
}

fn sent(receipt: &Receipt, names: &Names<'_>) -> String {
    let w = &names.language.words.slip;
    match (&receipt.code, receipt.is_texted) {
        (Some(_), _) => String::new(),
        (None, true) => w.sent(),
        (None, false) => w.not_sent(),
    }
}

fn told(receipt: &Receipt, names: &Names<'_>, calendar: &Calendar<'_>) -> Vec<String> {
    let w = &names.language.words.slip;
    let (Some(holder), Some(due)) = (&receipt.holder, receipt.due) else {
        return Vec::new();
    };
    vec![
        w.has_it(names.organisation(holder)),
        w.due(date(due, calendar)),
    ]
}

fn date(day: NaiveDate, calendar: &Calendar<'_>) -> String {
    let noon = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    let noon = noon.and_local_timezone(calendar.zone).earliest();
    noon.map_or_else(|| day.to_string(), |noon| calendar.date(noon.to_utc()))
}

/// The convener and who oversees it are named on each: a complaint may be about the one, and must not lead there.
fn ask(receipt: &Receipt, county: &County, names: &Names<'_>, track: &str) -> Vec<String> {
    let w = &names.language.words.slip;
    let line = county.line().filter(|_| receipt.code.is_none());
    let web = match &receipt.code {
        Some(_) => w.by_web_code(track),
        None => w.by_web_phone(track),
    };
    let overseen = county.oversight.as_ref();
    line.map(|line| w.by_text(line.expose()))
        .into_iter()
        .chain([web, w.ask(names.short(&county.convener))])
        .chain(overseen.map(|oversight| w.ask_above(names.short(oversight))))
        .collect()
}
