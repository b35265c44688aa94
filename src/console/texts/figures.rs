//! Two weeks of texts: by language, and by day and language.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveTime, Utc};

use crate::complaint::LanguageId;
use crate::configuration::settings::Price;
use crate::console::look::Calendar;
use crate::console::names::Names;
use crate::store::Traffic;

/// How many days are shown, today among them.
const DAYS: u64 = 14;

/// What the tables show.
pub(super) struct Figures {
    /// The currency, where a price is known.
    pub(super) currency: Option<String>,
    /// Over all days, the most segments first.
    pub(super) languages: Vec<Row>,
    /// The newest first; one without texts too, so that a gap is seen.
    pub(super) days: Vec<Day>,
    pub(super) all: Row,
}

pub(super) struct Day {
    /// In UTC: `2026-05-04`.
    pub(super) iso: String,
    pub(super) date: String,
    pub(super) all: Row,
    pub(super) languages: Vec<Row>,
}

#[derive(Default)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) texts_in: u64,
    pub(super) texts_out: u64,
    pub(super) segments: u64,
    pub(super) cost: Option<String>,
}

/// When the first day that is shown began.
pub(super) fn since(now: DateTime<Utc>) -> DateTime<Utc> {
    midnight(now, DAYS - 1)
}

/// The midnight (UTC) before `now`, so many days earlier.
fn midnight(now: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let day = now.date_naive();
    let day = day.checked_sub_days(Days::new(days)).unwrap_or(day);
    day.and_time(NaiveTime::MIN).and_utc()
}

impl Figures {
    /// `calendar` writes the days as they are counted, in UTC.
    pub(super) fn new(traffic: &[Traffic], names: &Names<'_>, calendar: &Calendar<'_>) -> Self {
        let gateway = &names.configuration.settings.gateway;
        let price = gateway.segment_price;
        let days = (0..DAYS).map(|ago| {
            let day = midnight(calendar.now, ago);
            let own: Vec<&Traffic> = traffic.iter().filter(|one| one.day == day).collect();
            Day {
                iso: day.format("%Y-%m-%d").to_string(),
                date: calendar.date(day),
                all: sum(String::new(), &own, price),
                languages: by_language(&own, names, price),
            }
        });
        let whole: Vec<&Traffic> = traffic.iter().collect();
        Self {
            currency: price.of(0).map(|_| gateway.currency.clone()),
            languages: by_language(&whole, names, price),
            days: days.collect(),
            all: sum(names.language.words.texts.all(), &whole, price),
        }
    }
}

fn by_language(traffic: &[&Traffic], names: &Names<'_>, price: Price) -> Vec<Row> {
    let languages: BTreeSet<&Option<LanguageId>> =
        traffic.iter().map(|one| &one.language).collect();
    let row = |language: &Option<LanguageId>| {
        let own = traffic.iter().filter(|one| one.language == *language);
        let own: Vec<&Traffic> = own.copied().collect();
        let name = match language {
            Some(id) => names.text_language(id),
            None => names.language.words.texts.not_recognised(),
        };
        sum(name, &own, price)
    };
    let mut rows: Vec<Row> = languages.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.segments, row.texts_in)));
    rows
}

fn sum(name: String, traffic: &[&Traffic], price: Price) -> Row {
    let mut row = Row {
        name,
        ..Row::default()
    };
    for one in traffic {
        row.texts_in += one.texts_in;
        row.texts_out += one.texts_out;
        row.segments += one.segments;
    }
    row.cost = price.of(row.segments);
    row
}
