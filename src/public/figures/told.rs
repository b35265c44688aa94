//! The figures of a month as answers to questions that people ask: each in a sentence or two, with its picture and its table.
//!
//! What is hidden is never passed over in silence: the sentence says that it is not told, and why.

use super::labels::Labels;
use super::read::{Figures, IN_TIME, MEDIAN, is_few};
use crate::complaint::Gender;
use crate::pages::table::{Row, SHEETS, Table, Wording, cell, pictures};
use crate::reports::{Answer, Change, Dimension, Figure, Finding, Key, Measure, Value};

/// A question and what is answered.
pub(super) struct Told {
    pub(super) question: String,
    pub(super) sentences: Vec<String>,
    /// Pictures for a wide and for a narrow window.
    pub(super) charts: Vec<String>,
    pub(super) caption: String,
    pub(super) table: Option<Table>,
}

impl Told {
    /// All answers, in the order in which people ask.
    pub(super) fn of(figures: &Figures, labels: &Labels<'_>) -> Vec<Self> {
        let w = &labels.language.figures;
        let by = |question: String, dimension, sentence: Sentence<'_>| {
            let answer = figures.by(dimension, Measure::Complaints)?;
            Some(Self::by(question, answer, sentence, labels))
        };
        let all = [
            Some(Self::how_many(figures, labels)),
            by(w.what(), Dimension::Sector, &|name, count, all| {
                w.most_about(name, count, all)
            }),
            by(w.place(), Dimension::SubCounty, &|name, count, all| {
                w.most_from(name, count, all)
            }),
            Self::women_or_men(figures, labels),
            by(w.how_old(), Dimension::AgeGroup, &|name, count, all| {
                w.most(name, count, all)
            }),
            Some(Self::what_became(figures, labels)),
        ];
        all.into_iter().flatten().collect()
    }

    fn how_many(figures: &Figures, labels: &Labels<'_>) -> Self {
        let w = &labels.language.figures;
        let all = figures.all(Measure::Complaints);
        let sensitive = match figures.left_out().sensitive {
            0 => w.sensitive_untold(),
            count => w.sensitive(labels.count(count)),
        };
        let sentences = [
            Some(w.came(labels.value(all.value))),
            before(figures, labels),
            Some(sensitive),
        ];
        Self {
            question: w.how_many(),
            sentences: sentences.into_iter().flatten().collect(),
            charts: Vec::new(),
            caption: String::new(),
            table: None,
        }
    }

    fn by(question: String, answer: &Answer, sentence: Sentence<'_>, labels: &Labels<'_>) -> Self {
        let sentences: Vec<String> = most(answer, sentence, labels).into_iter().collect();
        Self::shown(question, sentences, answer, labels)
    }

    fn women_or_men(figures: &Figures, labels: &Labels<'_>) -> Option<Self> {
        let w = &labels.language.figures;
        let answer = figures.by(Dimension::Gender, Measure::Complaints)?;
        let of = |key: Option<Gender>| {
            let key: Key = key.map(|gender| gender.as_str().into());
            labels.value(answer.figure(Some(&key), None).value)
        };
        let sentence = w.women_men(of(Some(Gender::Woman)), of(Some(Gender::Man)), of(None));
        Some(Self::shown(w.who(), vec![sentence], answer, labels))
    }

    /// With its picture and its table.
    fn shown(
        question: String,
        sentences: Vec<String>,
        answer: &Answer,
        labels: &Labels<'_>,
    ) -> Self {
        let w = &labels.language.figures;
        let by = answer.question.rows();
        let by = by.map_or_else(String::new, |by| labels.dimension(by));
        let month = labels.month(&answer.question.period);
        let caption = w.caption_by(w.complaints(), by, month);
        let title = sentences.first().unwrap_or(&caption);
        Self {
            charts: pictures(SHEETS, answer, None, title, &caption, labels),
            table: Some(Table::of(answer, None, labels)),
            question,
            sentences,
            caption,
        }
    }

    fn what_became(figures: &Figures, labels: &Labels<'_>) -> Self {
        let w = &labels.language.figures;
        let sentence = |what: String, value: Value, told: &dyn Fn(f64) -> String| match value {
            Value::Hidden => w.untold(what),
            Value::Count(0) => w.none_so_far(what),
            value => match value.number() {
                Some(number) => told(number),
                None => w.nothing_yet(what),
            },
        };
        let count = |value: Value| labels.value(value);
        let [confirmed, open] =
            [Measure::Confirmed, Measure::Open].map(|one| figures.all(one).value);
        let solved = solved(&figures.all(MEDIAN)).value;
        let sentences = vec![
            sentence(w.solved(), solved, &|_| w.said_solved(count(solved))),
            sentence(w.confirmed(), confirmed, &|_| {
                w.confirmed_by(count(confirmed))
            }),
            sentence(w.in_time(), figures.all(IN_TIME).value, &|part| {
                w.in_time_of(labels.percent(part))
            }),
            sentence(w.median(), figures.all(MEDIAN).value, &|days| {
                w.middle(labels.days(days))
            }),
            match open {
                Value::Count(0) => w.open_none(),
                open => sentence(w.open(), open, &|_| w.open_still(count(open))),
            },
        ];
        let month = labels.month(&figures.of.month);
        Self {
            question: w.became(),
            sentences,
            charts: Vec::new(),
            caption: w.caption_by(w.solved(), w.sector(), month),
            table: what_became_by_sector(figures, labels),
        }
    }
}

/// Who or what there is most of, how often, of how many.
type Sentence<'a> = &'a dyn Fn(String, String, String) -> String;

/// How many said to be solved there are: as many as the time until then rests on.
pub(super) fn solved(median: &Figure) -> Figure {
    let value = match median.value {
        Value::Hidden => Value::Hidden,
        _ => Value::Count(median.rests_on),
    };
    Figure { value, ..*median }
}

/// How many there were in the month before, and what changed; where that rests on few, only how many.
fn before(figures: &Figures, labels: &Labels<'_>) -> Option<String> {
    let w = &labels.language.figures;
    let then = figures.before?;
    let month = labels.month(&figures.of.month.before());
    let (Some(was), false) = (then.value.number(), is_few(then.value)) else {
        return Some(w.before_few(month));
    };
    let now = figures.all(Measure::Complaints);
    let count = labels.value(then.value);
    let part = now.value.number().unwrap_or_default() / was - 1.0;
    Some(match Finding::of_row(&now, &then).change {
        Change::Same => w.as_many(month, count),
        Change::Rose(_) => w.more_than(labels.percent(part), month, count),
        Change::Fell(_) => w.fewer_than(labels.percent(-part), month, count),
        Change::Unknown => w.before(month, count),
    })
}

/// What there is most of, where that is certain: nothing else has as many, and no more can be hidden.
fn most(answer: &Answer, sentence: Sentence<'_>, labels: &Labels<'_>) -> Option<String> {
    let w = &labels.language.figures;
    let dimension = answer.question.rows()?;
    let all = answer.total.rests_on;
    let rows = answer.rows.iter().zip(&answer.row_totals);
    let told = rows.filter(|(_, figure)| figure.rests_on > 0);
    let told: Vec<(&Key, u64)> = told.map(|(key, figure)| (key, figure.rests_on)).collect();
    if told.is_empty() {
        return Some(w.each_few());
    }
    let untold = all.saturating_sub(told.iter().map(|(_, count)| count).sum());
    let missing = told.iter().find(|(key, _)| key.is_none());
    if let Some((_, count)) = missing.filter(|(_, count)| count * 2 > all) {
        return Some(w.mostly_untold(labels.count(*count), labels.count(all)));
    }
    let given = told.iter().filter(|(key, _)| key.is_some());
    let (key, count) = given.clone().max_by_key(|(_, count)| *count)?;
    let as_many = given.filter(|(_, other)| other == count).count();
    (*count > untold && as_many == 1).then(|| {
        let name = labels.name(dimension, key.as_deref());
        sentence(name, labels.count(*count), labels.count(all))
    })
}

/// Sector by sector: how many, solved, confirmed, in time, how long.
fn what_became_by_sector(figures: &Figures, labels: &Labels<'_>) -> Option<Table> {
    let w = &labels.language.figures;
    let by = |measure| figures.by(Dimension::Sector, measure);
    let complaints = by(Measure::Complaints)?;
    let (confirmed, in_time) = (by(Measure::Confirmed)?, by(IN_TIME)?);
    let median = by(MEDIAN)?;
    let row = |name: String, of: &dyn Fn(&Answer) -> Figure| {
        let took = of(median);
        let figures = [
            of(complaints),
            solved(&took),
            of(confirmed),
            of(in_time),
            took,
        ];
        Row {
            name,
            cells: figures.iter().map(|figure| cell(figure, labels)).collect(),
        }
    };
    let rows = complaints.rows.iter().map(|key| {
        let name = labels.name(Dimension::Sector, key.as_deref());
        row(name, &|answer| answer.figure(Some(key), None))
    });
    Some(Table {
        corner: w.sector(),
        columns: vec![
            w.complaints(),
            w.solved(),
            w.confirmed(),
            w.in_time(),
            w.median(),
        ],
        all_columns: None,
        rows: rows.collect(),
        foot: Some(row(w.all(), &|answer| answer.total)),
    })
}
