//! A table of figures and the picture of it, in whatever language: what things are called in it, its pages say.

use crate::intake::places::Places;
use crate::reports::chart::{self, Shades, Sheet};
use crate::reports::{Answer, Dimension, Figure, Key, Measure, Rest, Value};

/// What things in a table are called, in the reader's language.
pub(crate) trait Wording {
    /// A row or a column; the key `None`: it is not given.
    fn name(&self, dimension: Dimension, key: Option<&str>) -> String;
    /// By what rows or columns are.
    fn dimension(&self, dimension: Dimension) -> String;
    /// What is measured.
    fn measure(&self, measure: Measure) -> String;
    /// What stands beside the figures of places, of those who live there.
    fn living_there(&self, measure: Measure) -> String {
        self.measure(measure)
    }
    /// A figure with its unit; of one that is hidden, that it is.
    fn value(&self, value: Value) -> String;
    /// All of them.
    fn all(&self) -> String;
    /// That there are so many more.
    fn more(&self, count: u64) -> String;
    /// What the shades of a picture stand for.
    fn shades(&self, shades: Shades) -> String;
    /// Whether it is read from right to left.
    fn is_from_the_right(&self) -> bool;
    /// Where the places are.
    fn places(&self) -> &Places;
}

/// How wide pictures are that have the page to themselves: in a wide window, and in a narrow one.
pub(crate) const SHEETS: [f64; 2] = [Sheet::WIDE, Sheet::NARROW];

/// A table of figures.
pub(crate) struct Table {
    pub(crate) corner: String,
    pub(crate) columns: Vec<String>,
    /// What the last column is called; `None`: there is but one.
    pub(crate) all_columns: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// All of them together; `None`: they add up to nothing.
    pub(crate) foot: Option<Row>,
}

/// A row of it.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Each figure, and whether it is nought.
    pub(crate) cells: Vec<(String, bool)>,
}

impl Table {
    /// The table of an answer, and of what it is seen beside.
    pub(crate) fn of(answer: &Answer, beside: Option<&Answer>, wording: &dyn Wording) -> Self {
        let question = &answer.question;
        let name = |dimension: Option<Dimension>, key: &Key| {
            dimension.map_or_else(String::new, |dimension| {
                wording.name(dimension, key.as_deref())
            })
        };
        let row = |(at, key): (usize, &Key)| {
            let cells = answer.cells.get(at).into_iter().flatten();
            let beside = beside.and_then(|beside| beside.row_totals.get(at));
            let cells = cells.chain(answer.row_totals.get(at)).chain(beside);
            Row {
                name: name(question.rows(), key),
                cells: figures(cells, wording),
            }
        };
        let totals = answer.column_totals.iter().chain([&answer.total]);
        let totals = totals.chain(beside.map(|beside| &beside.total));
        Self {
            corner: question
                .rows()
                .map_or_else(String::new, |rows| wording.dimension(rows)),
            columns: match question.columns() {
                None => std::iter::once(wording.measure(question.measure))
                    .chain(beside.map(|beside| wording.living_there(beside.question.measure)))
                    .collect(),
                Some(_) => answer
                    .columns
                    .iter()
                    .map(|key| name(question.columns(), key))
                    .collect(),
            },
            all_columns: question.columns().map(|_| wording.all()),
            rows: answer.rows.iter().enumerate().map(row).collect(),
            foot: Some(Row {
                name: wording.all(),
                cells: figures(totals, wording),
            }),
        }
    }
}

impl Table {
    /// With the rows that there was no room for, before "not given".
    pub(crate) fn with_rest(mut self, rest: &Rest, rows: &[Key], wording: &dyn Wording) -> Self {
        let before = rows.iter().position(Option::is_none);
        let columns = self.columns.len();
        let nothing = (wording.value(Value::Nothing), true);
        let cells = std::iter::once(cell(&rest.figure, wording)).chain(std::iter::repeat(nothing));
        let row = Row {
            name: wording.more(rest.rows),
            cells: cells.take(columns).collect(),
        };
        self.rows.insert(before.unwrap_or(rows.len()), row);
        self
    }
}

fn figures<'f>(
    figures: impl Iterator<Item = &'f Figure>,
    wording: &dyn Wording,
) -> Vec<(String, bool)> {
    figures.map(|figure| cell(figure, wording)).collect()
}

/// A figure as a table shows it, and whether it is nought.
pub(crate) fn cell(figure: &Figure, wording: &dyn Wording) -> (String, bool) {
    let is_nought = figure.rests_on == 0 && figure.value != Value::Hidden;
    (wording.value(figure.value), is_nought)
}

/// Pictures for a wide and for a narrow window; none where one would say no more than the figures.
pub(crate) fn pictures(
    widths: [f64; 2],
    answer: &Answer,
    beside: Option<&Answer>,
    title: &str,
    description: &str,
    wording: &dyn Wording,
) -> Vec<String> {
    let Some(kind) = chart::fitting(answer) else {
        return Vec::new();
    };
    both_widths(widths, title, description, wording, |words, sheet| {
        chart::draw(kind, answer, &map(beside, wording), words, sheet)
    })
}

/// The picture as a file of its own; `None`: one would say no more than the figures.
pub(crate) fn alone(
    answer: &Answer,
    beside: Option<&Answer>,
    title: &str,
    description: &str,
    wording: &dyn Wording,
) -> Option<String> {
    let kind = chart::fitting(answer)?;
    let sheet = Sheet {
        stands_alone: true,
        ..sheet(Sheet::WIDE, wording)
    };
    Some(said(title, description, wording, |words| {
        chart::draw(kind, answer, &map(beside, wording), words, sheet)
    }))
}

/// A picture for a wide and one for a narrow window.
pub(crate) fn both_widths(
    widths: [f64; 2],
    title: &str,
    description: &str,
    wording: &dyn Wording,
    draw: impl Fn(&chart::Words<'_>, Sheet) -> String,
) -> Vec<String> {
    let drawn = widths.map(|width| {
        said(title, description, wording, |words| {
            draw(words, sheet(width, wording))
        })
    });
    drawn.to_vec()
}

fn sheet(width: f64, wording: &dyn Wording) -> Sheet {
    Sheet {
        width,
        from_the_right: wording.is_from_the_right(),
        stands_alone: false,
    }
}

fn map<'w>(beside: Option<&'w Answer>, wording: &'w dyn Wording) -> chart::Beside<'w> {
    chart::Beside {
        places: wording.places(),
        rates: beside.filter(|one| one.question.measure == Measure::PerInhabitants),
    }
}

/// What is drawn with the words that a picture has in the reader's language.
fn said(
    title: &str,
    description: &str,
    wording: &dyn Wording,
    draw: impl FnOnce(&chart::Words<'_>) -> String,
) -> String {
    draw(&chart::Words {
        title,
        description,
        name: &|dimension, key| wording.name(dimension, key),
        value: &|value| wording.value(value),
        all: &wording.all(),
        more: &|count| wording.more(u64::try_from(count).unwrap_or(u64::MAX)),
        shades: &|shades| wording.shades(shades),
    })
}
