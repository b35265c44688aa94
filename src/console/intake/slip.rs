//! The slip that who complained takes home: the number, what happens next and by when, and how to ask.
//!
//! Of a sensitive complaint it says the number and whom to ask: slips are found by others.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::chosen;
use super::counties_of;
use crate::actions::lodge_complaint::Receipt;
use crate::complaint::{County, OrganisationId};
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
    /// What happens next, a line each.
    pub(super) next: Vec<String>,
    /// How to ask, a line each.
    pub(super) ask: Vec<String>,
}

impl Console {
    /// The slip for a receipt. It is written in the language that was chosen for texts, where there are pages in it; else in that of
    /// who hands it over. Nobody is sent to whom the complaint is `against`.
    pub(super) fn slip(
        &self,
        visitor: &Visitor,
        form: &Form,
        receipt: &Receipt,
        against: &[OrganisationId],
    ) -> Result<Slip<'_>, Problem> {
        let own = self.names(&visitor.visit)?;
        let theirs = self.languages.iter();
        let theirs = theirs
            .filter(|language| language.id.as_str() == form.get("language"))
            .fold(own.language, |_, chosen| chosen);
        let names = Names {
            configuration: own.configuration,
            language: theirs,
        };
        let counties = counties_of(&visitor.person, &names.configuration.rules);
        let county = chosen(&counties, form)?;
        let calendar = Calendar {
            language: theirs,
            zone: county.zone,
            ..self.calendar(&visitor.visit)?
        };
        let track = format!("{}/track", self.origin);
        let code = receipt.code.as_deref().filter(|_| receipt.holder.is_some());
        Ok(Slip {
            language: theirs,
            number: receipt.number.to_string(),
            digits: receipt.number.value().to_string(),
            on: theirs.words.slip.on(calendar.date(calendar.now)),
            code: code.map(names::code).unwrap_or_default(),
            next: next(receipt, &names, &calendar),
            ask: ask(receipt, (county, against), &names, &track),
        })
    }
}

fn next(receipt: &Receipt, names: &Names<'_>, calendar: &Calendar<'_>) -> Vec<String> {
    let w = &names.language.words.slip;
    let (Some(holder), Some(due)) = (&receipt.holder, receipt.due) else {
        return Vec::new();
    };
    let sent = match (&receipt.code, receipt.is_texted) {
        (Some(_), _) => None,
        (None, true) => Some(w.sent()),
        (None, false) => Some(w.not_sent()),
    };
    let mut lines = vec![
        w.has_it(names.organisation(holder)),
        w.due(date(due, calendar)),
    ];
    lines.extend(sent);
    lines
}

fn date(day: NaiveDate, calendar: &Calendar<'_>) -> String {
    let noon = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    let noon = noon.and_local_timezone(calendar.zone).earliest();
    noon.map_or_else(|| day.to_string(), |noon| calendar.date(noon.to_utc()))
}

fn ask(
    receipt: &Receipt,
    (county, against): (&County, &[OrganisationId]),
    names: &Names<'_>,
    track: &str,
) -> Vec<String> {
    let w = &names.language.words.slip;
    let convener = w.ask(names.short(county.neutral(against)));
    match (&receipt.holder, &receipt.code) {
        (None, _) => vec![convener],
        (Some(_), Some(_)) => vec![w.by_web_code(track), convener],
        (Some(_), None) => {
            let line = county.line().map(|line| w.by_text(line.expose()));
            let mut lines: Vec<String> = line.into_iter().collect();
            lines.push(w.by_web_phone(track));
            lines
        }
    }
}
