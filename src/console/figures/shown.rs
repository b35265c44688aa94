//! An answer as a page shows it: its finding, its picture, its table.

use super::labels::Labels;
use crate::intake::places::Places;
use crate::pages::table::{self, SHEETS, Table, Wording, pictures};
use crate::reports::chart::{self, Kind, Shades};
use crate::reports::{Answer, Dimension, Finding, Ground, Measure, Value};

/// An answer for a template.
pub(super) struct Shown {
    /// What it shows, in a sentence.
    pub(super) title: String,
    /// What is counted, by what.
    pub(super) caption: String,
    /// Pictures for a wide and for a narrow window; none where one would say no more.
    pub(super) charts: Vec<String>,
    /// The table.
    pub(super) table: Table,
    /// What is not in it, a sentence each.
    pub(super) apart: Vec<String>,
}

impl Shown {
    /// The answer beside that of the period before, and beside how many live there.
    pub(super) fn of(
        answer: &Answer,
        before: Option<&Answer>,
        ground: &Ground<'_>,
        labels: &Labels<'_>,
    ) -> Self {
        let finding = Finding::of(answer, before);
        Self::telling(SHEETS, answer, &finding, ground, labels)
    }

    /// The answer with what it is to tell, drawn in these widths, with so many rows and the rest of them in one. A map has all of them.
    pub(super) fn shortened(
        (widths, most): ([f64; 2], usize),
        answer: &Answer,
        finding: &Finding,
        ground: &Ground<'_>,
        labels: &Labels<'_>,
    ) -> Self {
        let (short, rest) = answer.shortened(most, finding.key());
        let Some(rest) = rest else {
            return Self::telling(widths, answer, finding, ground, labels);
        };
        let drawn = match chart::fitting(answer) {
            Some(Kind::Map) => answer,
            _ => &short,
        };
        let table = Table::of(&short, ground.beside(&short).as_ref(), labels);
        Self {
            table: table.with_rest(&rest, &short.rows, labels),
            ..Self::telling(widths, drawn, finding, ground, labels)
        }
    }

    /// The answer with what it is to tell, drawn in these widths.
    fn telling(
        widths: [f64; 2],
        answer: &Answer,
        finding: &Finding,
        ground: &Ground<'_>,
        labels: &Labels<'_>,
    ) -> Self {
        let beside = ground.beside(answer);
        let title = labels.finding(finding, &answer.question);
        let caption = caption(answer, labels);
        Self {
            charts: pictures(widths, answer, beside.as_ref(), &title, &caption, labels),
            table: Table::of(answer, beside.as_ref(), labels),
            apart: apart(answer, labels),
            title,
            caption,
        }
    }
}

fn caption(answer: &Answer, labels: &Labels<'_>) -> String {
    let w = &labels.names.language.words.report;
    let question = &answer.question;
    let measure = labels.measure(question.measure);
    let span = labels.span(&question.period);
    match question.by() {
        [] => w.caption(measure, span),
        [one] => w.caption_by(measure, labels.dimension(*one), span),
        [one, other, ..] => w.caption_by_two(
            measure,
            labels.dimension(*one),
            labels.dimension(*other),
            span,
        ),
    }
}

/// The picture as a file of its own; `None`: one would say no more than the figures.
pub(super) fn alone(answer: &Answer, ground: &Ground<'_>, labels: &Labels<'_>) -> Option<String> {
    let title = labels.finding(&Finding::of(answer, None), &answer.question);
    let (beside, caption) = (ground.beside(answer), caption(answer, labels));
    table::alone(answer, beside.as_ref(), &title, &caption, labels)
}

/// What the answer is about and its table is not.
pub(super) fn apart(answer: &Answer, labels: &Labels<'_>) -> Vec<String> {
    let w = &labels.names.language.words.report;
    let left = answer.left_out;
    let mut told = Vec::new();
    if left.not_complaints > 0 {
        told.push(w.apart_none(left.not_complaints));
    }
    if left.merged > 0 {
        told.push(w.apart_merged(left.merged));
    }
    if left.sensitive > 0 {
        told.push(w.apart_sensitive(left.sensitive));
    }
    told
}

impl Wording for Labels<'_> {
    fn name(&self, dimension: Dimension, key: Option<&str>) -> String {
        Self::name(self, dimension, key)
    }

    fn dimension(&self, dimension: Dimension) -> String {
        Self::dimension(self, dimension)
    }

    fn measure(&self, measure: Measure) -> String {
        Self::measure(self, measure)
    }

    fn living_there(&self, measure: Measure) -> String {
        Self::living_there(self, measure)
    }

    fn value(&self, value: Value) -> String {
        Self::value(self, value)
    }

    fn all(&self) -> String {
        self.names.language.words.report.all()
    }

    fn more(&self, count: u64) -> String {
        self.names.language.words.report.more(count)
    }

    fn shades(&self, shades: Shades) -> String {
        Self::shades(self, shades)
    }

    fn is_from_the_right(&self) -> bool {
        self.names.language.direction == "rtl"
    }

    fn places(&self) -> &Places {
        &self.names.configuration.places
    }
}
