//! What an import would do, for people: how many rows, to whom, and what is to be mended.

use std::fmt::Display;

use super::looking::Checked;
use crate::actions::Lacks;
use crate::console::names::Names;
use crate::console::page::Told;
use crate::console::words::Import;
use crate::import::{Check, Mistake, Refusal, Why};
use crate::text::shown::quotation;

/// So many organisations are named.
const NAMED: usize = 12;
/// What a section of a mapping leaves values out with.
const LEAVE_OUT: &str = "others = \"leave_out\"";
/// How times are written where nothing is said.
const A_TIME: &str = "2025-03-24 23:33";
/// So much of a column's name.
const OF_A_NAME: usize = 60;

/// What would happen.
pub(super) struct Report {
    /// Why it is not done; `None`: nothing speaks against it.
    pub(super) told: Option<Told>,
    /// How many rows of each kind.
    pub(super) counts: Vec<(String, usize)>,
    /// Who would get how many.
    pub(super) to: Vec<(String, usize)>,
    /// What is to be mended.
    pub(super) mistakes: Vec<Mended>,
    /// What may be wrong, and is imported all the same.
    pub(super) doubts: Vec<Mended>,
    /// Rows with mistakes that are not told.
    pub(super) others: usize,
    /// How many would be taken in; 0: it cannot be done, or there is nothing new.
    pub(super) takes: usize,
    /// Nothing is wrong and nothing is new.
    pub(super) is_nothing_new: bool,
    /// What is asked about texts; `None`: no phone is among them.
    pub(super) texts: Option<Texts>,
}

/// A mistake, and where it is.
pub(super) struct Mended {
    /// The rows with their lines, as far as they are told.
    pub(super) rows: String,
    /// How many more have it.
    pub(super) more: usize,
    /// Empty: it is about the row.
    pub(super) column: String,
    /// What is wrong, and how to mend it.
    pub(super) why: String,
}

/// What is asked about texts.
pub(super) struct Texts {
    /// How many, and what they cost at most.
    pub(super) what: String,
    /// Why nobody can be texted; empty: they can.
    pub(super) too_many: String,
    /// What was chosen before.
    pub(super) chosen: String,
}

impl Report {
    pub(super) fn new(checked: &Checked, texts: &str, names: &Names<'_>) -> Self {
        let w = &names.language.words.import;
        let check = &checked.check;
        Self {
            told: checked.refusal.and_then(|refusal| refused(refusal, w)),
            counts: counts(check, w),
            to: to(check, names),
            mistakes: mended(&check.told, &checked.header, w),
            doubts: mended(&check.doubts, &checked.header, w),
            others: check
                .wrong
                .saturating_sub(check.told.iter().map(|mistake| mistake.times).sum()),
            takes: if check.wrong == 0 { check.new } else { 0 },
            is_nothing_new: check.wrong == 0 && check.new == 0,
            texts: (check.with_phone > 0).then(|| Texts::new(checked, texts, names)),
        }
    }

    /// Whether nothing was refused.
    pub(super) fn is_good(&self) -> bool {
        self.told.is_none()
    }
}

fn refused(refusal: Refusal, w: &Import) -> Option<Told> {
    match refusal {
        Refusal::BadRows(_) => Told::wrong(w.bad_rows(), [w.bad_rows_what()]),
        Refusal::TextsUndecided(_) => Told::wrong(w.undecided_texts(), [w.undecided_texts_what()]),
        Refusal::TooManyTexts { segments, left } => {
            Told::wrong(w.undecided_texts(), [w.too_many_texts(segments, left)])
        }
    }
}

/// All that is worth a line.
fn counts(check: &Check, w: &Import) -> Vec<(String, usize)> {
    let always = [(w.rows(), check.rows), (w.fresh(), check.new)];
    let some = [
        (w.open(), check.new.saturating_sub(check.over)),
        (w.over(), check.over),
        (w.undecided(), check.undecided),
        (w.sensitive(), check.sensitive),
        (w.here(), check.here),
        (w.altered(), check.altered),
        (w.again(), check.again),
        (w.wrong(), check.wrong),
    ];
    let some = some.into_iter().filter(|(_, count)| *count > 0);
    always.into_iter().chain(some).collect()
}

/// Who would get most of them, and the rest together.
fn to(check: &Check, names: &Names<'_>) -> Vec<(String, usize)> {
    let to = check.receivers();
    let rest: usize = to.iter().skip(NAMED).map(|(_, count)| count).sum();
    let named = to.iter().take(NAMED);
    let mut named: Vec<_> = named
        .map(|(id, count)| (names.organisation(id), *count))
        .collect();
    if rest > 0 {
        named.push((names.language.words.import.to_others(), rest));
    }
    named
}

fn mended(mistakes: &[Mistake], header: &[String], w: &Import) -> Vec<Mended> {
    let mistakes = mistakes.iter();
    mistakes
        .map(|mistake| Mended::new(mistake, header, w))
        .collect()
}

impl Mended {
    fn new(mistake: &Mistake, header: &[String], w: &Import) -> Self {
        let column = mistake.wrong.column.and_then(|at| header.get(at));
        let rows = mistake.rows.iter();
        let rows: Vec<String> = rows.map(|(row, line)| w.row(row, line)).collect();
        Self {
            more: mistake.times.saturating_sub(rows.len()),
            rows: rows.join(" · "),
            column: column.map_or_else(String::new, |name| quotation(name, OF_A_NAME)),
            why: why(&mistake.wrong.why, w),
        }
    }
}

/// What is wrong, and how to mend it.
fn why(why: &Why, w: &Import) -> String {
    match why {
        Why::OpenQuote => w.open_quote(),
        Why::Cells { cells, columns } => w.cells(cells, columns),
        Why::MayBeTwo => w.merged(),
        Why::NotUtf8 => w.not_utf8(),
        Why::NotOfEncoding => w.not_of_encoding(),
        Why::Nul => w.nul(),
        Why::SameId => w.same_id(),
        Why::NoId => w.no_id(),
        Why::LongId => w.long_id(),
        Why::NoCounty | Why::Lacks(Lacks::County) => w.no_county(),
        Why::OtherCounty => w.other_county(),
        Why::Unknown { value, what } => {
            let section = isolated(format!("[{what}.names]"));
            w.unknown(value, section, isolated(LEAVE_OUT))
        }
        Why::NoPhone | Why::Lacks(Lacks::Phone) => w.no_phone(isolated(LEAVE_OUT)),
        Why::NoTime {
            format: Some(format),
        } => w.no_time(isolated(format)),
        Why::NoTime { format: None } => w.no_plain_time(isolated(A_TIME), isolated("format")),
        Why::NotYet | Why::Lacks(Lacks::PastTime) => w.not_yet(),
        Why::TooEarly => w.too_early(),
        Why::Lacks(Lacks::Words) => w.no_words(),
        Why::Lacks(Lacks::FewerWords) => w.many_words(),
        Why::Lacks(Lacks::ShorterName) => w.long_name(),
        Why::Lacks(Lacks::Place) => w.no_place(),
        Why::Lacks(Lacks::Sector) => w.no_sector(),
        Why::Lacks(Lacks::Language) => w.no_language(),
    }
}

/// What goes from left to right in any text (UAX #9, isolates).
fn isolated(text: impl Display) -> String {
    format!("\u{2066}{text}\u{2069}")
}

impl Texts {
    fn new(checked: &Checked, chosen: &str, names: &Names<'_>) -> Self {
        let w = &names.language.words.import;
        let Checked { check, left, .. } = checked;
        let gateway = &names.configuration.settings.gateway;
        let cost = u64::try_from(check.segments)
            .ok()
            .and_then(|segments| gateway.segment_price.of(segments))
            .map(|cost| w.cost(format!("{cost} {}", gateway.currency)));
        let what = w.phones(check.with_phone, check.segments);
        let is_too_many = check.segments > left / 2;
        Self {
            what: cost.map_or_else(|| what.clone(), |cost| format!("{what} {cost}")),
            too_many: match is_too_many {
                true => w.too_many_texts(check.segments, left),
                false => String::new(),
            },
            chosen: chosen.to_owned(),
        }
    }
}
