//! An answer as a page shows it: its finding, its picture, its table.

use super::labels::Labels;
use crate::reports::chart::{self, Sheet};
use crate::reports::{Answer, Dimension, Figure, Finding, Ground, Key, Measure};

/// How wide pictures are that have the page to themselves: in a wide window, and in a narrow one.
pub(super) const SHEETS: [f64; 2] = [Sheet::WIDE, Sheet::NARROW];

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

/// A table of figures.
pub(super) struct Table {
    pub(super) corner: String,
    pub(super) columns: Vec<String>,
    /// What the last column is called; `None`: there is but one.
    pub(super) all_columns: Option<String>,
    pub(super) rows: Vec<Row>,
    /// All of them together; `None`: they add up to nothing.
    pub(super) foot: Option<Row>,
}

/// A row of it.
pub(super) struct Row {
    pub(super) name: String,
    /// Each figure, and whether it is nought.
    pub(super) cells: Vec<(String, bool)>,
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

    /// The answer with what it is to tell, drawn in these widths.
    pub(super) fn telling(
        widths: [f64; 2],
        answer: &Answer,
        finding: &Finding,
        ground: &Ground<'_>,
        labels: &Labels<'_>,
    ) -> Self {
        let beside = ground.beside(answer);
        let title = labels.finding(finding, &answer.question);
        let caption = caption(answer, labels);
        let charts = charts(widths, answer, beside.as_ref(), &title, &caption, labels);
        Self {
            charts,
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
    let beside = ground.beside(answer);
    let kind = chart::fitting(answer)?;
    let title = labels.finding(&Finding::of(answer, None), &answer.question);
    let caption = caption(answer, labels);
    let sheet = Sheet {
        stands_alone: true,
        ..sheet(Sheet::WIDE, labels)
    };
    Some(said(&title, &caption, labels, |words| {
        chart::draw(kind, answer, &map(beside.as_ref(), labels), words, sheet)
    }))
}

fn charts(
    widths: [f64; 2],
    answer: &Answer,
    beside: Option<&Answer>,
    title: &str,
    caption: &str,
    labels: &Labels<'_>,
) -> Vec<String> {
    let Some(kind) = chart::fitting(answer) else {
        return Vec::new();
    };
    both_widths(widths, title, caption, labels, |words, sheet| {
        chart::draw(kind, answer, &map(beside, labels), words, sheet)
    })
}

fn map<'l>(beside: Option<&'l Answer>, labels: &'l Labels<'_>) -> chart::Beside<'l> {
    chart::Beside {
        places: &labels.names.configuration.places,
        rates: beside.filter(|one| one.question.measure == Measure::PerInhabitants),
    }
}

/// A picture for a wide and one for a narrow window.
pub(super) fn both_widths(
    widths: [f64; 2],
    title: &str,
    caption: &str,
    labels: &Labels<'_>,
    draw: impl Fn(&chart::Words<'_>, Sheet) -> String,
) -> Vec<String> {
    let drawn = widths.map(|width| {
        said(title, caption, labels, |words| {
            draw(words, sheet(width, labels))
        })
    });
    drawn.to_vec()
}

fn sheet(width: f64, labels: &Labels<'_>) -> Sheet {
    Sheet {
        width,
        from_the_right: labels.names.language.direction == "rtl",
        stands_alone: false,
    }
}

/// What is drawn with the words that a picture has in the reader's language.
fn said(
    title: &str,
    caption: &str,
    labels: &Labels<'_>,
    draw: impl FnOnce(&chart::Words<'_>) -> String,
) -> String {
    let w = &labels.names.language.words.report;
    draw(&chart::Words {
        title,
        description: caption,
        name: &|dimension, key| labels.name(dimension, key),
        value: &|value| labels.value(value),
        all: &w.all(),
        more: &|count| w.more(u64::try_from(count).unwrap_or(u64::MAX)),
        shades: &|shades| labels.shades(shades),
    })
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

impl Table {
    fn of(answer: &Answer, beside: Option<&Answer>, labels: &Labels<'_>) -> Self {
        let w = &labels.names.language.words.report;
        let question = &answer.question;
        let name = |dimension: Option<Dimension>, key: &Key| {
            dimension.map_or_else(String::new, |dimension| {
                labels.name(dimension, key.as_deref())
            })
        };
        let row = |(at, key): (usize, &Key)| {
            let cells = answer.cells.get(at).into_iter().flatten();
            let beside = beside.and_then(|beside| beside.row_totals.get(at));
            Row {
                name: name(question.rows(), key),
                cells: figures(cells.chain(answer.row_totals.get(at)).chain(beside), labels),
            }
        };
        Self {
            corner: question
                .rows()
                .map_or_else(String::new, |rows| labels.dimension(rows)),
            columns: match question.columns() {
                None => std::iter::once(labels.measure(question.measure))
                    .chain(beside.map(|beside| labels.living_there(beside.question.measure)))
                    .collect(),
                Some(_) => answer
                    .columns
                    .iter()
                    .map(|key| name(question.columns(), key))
                    .collect(),
            },
            all_columns: question.columns().map(|_| w.all()),
            rows: answer.rows.iter().enumerate().map(row).collect(),
            foot: Some(Row {
                name: w.all(),
                cells: figures(
                    answer
                        .column_totals
                        .iter()
                        .chain([&answer.total])
                        .chain(beside.map(|beside| &beside.total)),
                    labels,
                ),
            }),
        }
    }
}

fn figures<'f>(
    figures: impl Iterator<Item = &'f Figure>,
    labels: &Labels<'_>,
) -> Vec<(String, bool)> {
    let figure = |figure: &Figure| (labels.value(figure.value), figure.rests_on == 0);
    figures.map(figure).collect()
}
