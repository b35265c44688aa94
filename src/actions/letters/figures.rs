//! What the letter on a month says: its figures beside those of the month before.

use chrono::Datelike;

use super::compose::Composer;
use super::monthly::Told;
use crate::complaint::{PlaceId, SectorId};
use crate::letters::{Figures, Language, Letter, Paper, Row};
use crate::reports::{Answer, Days, Dimension, Key, Measure, Period, Stage, Statistic, Value};

/// What is told of all complaints.
pub(super) const KEY_FIGURES: [Measure; 7] = [
    Measure::Complaints,
    Measure::Open,
    Measure::Overdue,
    Measure::Confirmed,
    Measure::NotSolved,
    Measure::InTime(Stage::Resolve),
    Measure::Time(Statistic::Median, Days::Working, Stage::Resolve),
];

impl Composer<'_> {
    /// To the committee: how a month was.
    pub(super) fn monthly(&self, told: &Told) -> Letter {
        let language = self.language(&self.county.language);
        let w = &language.words.report;
        let [month, before] = [told.month, told.month.before()].map(|one| name_of(one, language));
        let columns = [month.clone(), before.clone()];
        let key = told.key.iter().map(|[now, then]| {
            let name = measure(now.question.measure, language);
            row(name, [now.total.value, then.total.value], language)
        });
        let whole = Figures {
            heading: String::new(),
            columns: columns.clone(),
            rows: key.collect(),
        };
        let by = told.by.iter().map(|[now, then]| Figures {
            heading: match now.question.rows() {
                Some(Dimension::Sector) => w.topics(),
                _ => w.places(),
            },
            columns: columns.clone(),
            rows: self.rows(now, then, language),
        });
        let sensitive = told
            .key
            .first()
            .map_or(0, |[now, _]| now.left_out.sensitive);
        let sensitive = (sensitive > 0).then(|| w.sensitive(sensitive));
        let page = format!(
            "figures/report?county={}&month={}",
            self.county.id,
            told.month.word()
        );
        self.write(
            language,
            Paper {
                subject: w.subject(&self.county.name, &month),
                dear: language.words.letter.dear(&self.county.name),
                lead: w.lead(month, before),
                figures: std::iter::once(whole).chain(by).collect(),
                notes: std::iter::once(w.few()).chain(sensitive).collect(),
                list: self.page(&page).map(|page| (w.page(), page)),
                closing: self.signed(language),
                ..Paper::default()
            },
        )
    }

    fn rows(&self, now: &Answer, then: &Answer, language: &Language) -> Vec<Row> {
        let rows = now.rows.iter().zip(&now.row_totals);
        rows.map(|(key, figure)| {
            let before = match then.total.value {
                // All of that month is.
                Value::Hidden => Value::Hidden,
                _ => then.figure(Some(key), None).value,
            };
            let name = self.name(now.question.rows(), key, language);
            row(name, [figure.value, before], language)
        })
        .collect()
    }

    fn name(&self, of: Option<Dimension>, key: &Key, language: &Language) -> String {
        let Some(key) = key else {
            return language.words.report.not_given();
        };
        let known = match of {
            Some(Dimension::Sector) => {
                let sector = self.configuration.rules.sector(&SectorId::new(&**key));
                sector.map(|sector| sector.name_in(&language.id))
            }
            _ => self.configuration.places.name(&PlaceId::new(&**key)),
        };
        known.unwrap_or(key).to_owned()
    }
}

fn name_of(month: Period, language: &Language) -> String {
    let name = language.month(month.from);
    language.words.report.month(name, month.from.year())
}

fn measure(measure: Measure, language: &Language) -> String {
    let w = &language.words.report;
    match measure {
        Measure::Open => w.open(),
        Measure::Overdue => w.overdue(),
        Measure::Confirmed => w.confirmed(),
        Measure::NotSolved => w.not_solved(),
        Measure::InTime(_) => w.in_time(),
        Measure::Time(..) => w.median(),
        _ => w.complaints(),
    }
}

fn row(name: String, values: [Value; 2], language: &Language) -> Row {
    let [value, before] = values.map(|value| told(value, language));
    Row {
        line: language.words.report.figure(&name, &value, &before),
        name,
        value,
        before,
    }
}

fn told(value: Value, language: &Language) -> String {
    let w = &language.words.report;
    match value {
        Value::Count(count) => count.to_string(),
        Value::Days(days) => {
            let days = format!("{days:.1}");
            let days = days.strip_suffix(".0").unwrap_or(&days);
            w.days(days.replace('.', &w.decimal()))
        }
        Value::Hidden => w.not_told(),
        value => match value.number() {
            Some(part) => w.percent(format!("{:.0}", part * 100.0)),
            None => w.nothing(),
        },
    }
}
