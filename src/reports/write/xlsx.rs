//! Figures as a workbook for spreadsheets: the table with its totals and a chart that stays a chart, and a sheet that says what was asked.
//!
//! Texts are written as texts, so that none can be a formula, and numbers as numbers, the same as in the CSV file.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{
    Chart, ChartType, ColNum, Color, DocProperties, ExcelDateTime, Format, FormatBorder, RowNum,
    Workbook, Worksheet, XlsxError,
};

use super::figures::{Labels, rounded};
use crate::reports::{Answer, Dimension, Figure, Measure, Value};

/// A chart with more series is none that anybody reads.
const MOST_SERIES: usize = 12;
/// The row of the headings; above it stand what is counted and when.
const HEADINGS: RowNum = 3;

/// What a workbook says besides its figures, in the language of who reads it.
pub struct Book<'a> {
    /// What keys are called.
    pub labels: Labels<'a>,
    /// What dimensions are called.
    pub dimension: &'a dyn Fn(Dimension) -> String,
    /// What is counted; the title.
    pub figure: String,
    /// The name of the sheet with the table: 31 characters at most, none of `[]:*?/\`.
    pub table: String,
    /// The same of the sheet that says what was asked.
    pub about: String,
    /// The heading of how many complaints each figure rests on.
    pub rests_on: String,
    /// What is said beside a row with a figure that is not told.
    pub hidden: String,
    /// What was asked, when, and what is left out: each with its heading.
    pub asked: Vec<(String, String)>,
    /// When it was counted.
    pub counted_at: DateTime<Utc>,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
}

/// The workbook, as the bytes of its file.
///
/// # Errors
/// The names of the sheets cannot be; or there are more rows than a sheet has.
pub fn xlsx(answer: &Answer, book: &Book<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(book.counted_at.timestamp())?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&book.figure)
            .set_creation_datetime(&made_at),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(&book.table)?;
    let table = Table { answer, book };
    let right = table.write(sheet)?;
    if let Some(chart) = table.chart()? {
        sheet.insert_chart(HEADINGS, right + 1, &chart)?;
    }
    let about = workbook.add_worksheet();
    about.set_name(&book.about)?;
    about.set_right_to_left(book.right_to_left);
    about.set_column_width(0, 24)?.set_column_width(1, 80)?;
    for (row, (heading, words)) in (0..).zip(&book.asked) {
        about.write_string_with_format(row, 0, heading, &Format::new().set_bold())?;
        about.write_string_with_format(row, 1, words, &Format::new().set_text_wrap())?;
    }
    workbook.save_to_buffer()
}

struct Table<'a> {
    answer: &'a Answer,
    book: &'a Book<'a>,
}

impl Table<'_> {
    /// Writes the table, and returns the column after it.
    fn write(&self, sheet: &mut Worksheet) -> Result<ColNum, XlsxError> {
        let Self { answer, book } = self;
        let bold = Format::new().set_bold();
        sheet.set_right_to_left(book.right_to_left);
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_freeze_panes(HEADINGS + 1, 1)?;
        sheet.set_column_width(0, 32)?;
        sheet.write_string_with_format(0, 0, &book.figure, &bold.clone().set_font_size(14))?;
        sheet.write_string(1, 0, answer.question.period.to_string())?;
        let headings = self.headings();
        let underlined = bold.clone().set_border_bottom(FormatBorder::Thin);
        for (column, heading) in (0..).zip(&headings) {
            let format = underlined.clone().set_text_wrap();
            sheet.write_string_with_format(HEADINGS, column, heading, &format)?;
        }
        let mut row = HEADINGS + 1;
        let totals = answer.row_totals.iter();
        for (at, (key, total)) in answer.rows.iter().zip(totals).enumerate() {
            let name = answer.question.rows().map(|by| (book.labels.key)(by, key));
            let cells = answer.cells.get(at).map_or(&[][..], Vec::as_slice);
            self.line(
                sheet,
                row,
                &name.unwrap_or_default(),
                (cells, total),
                &Format::new(),
            )?;
            row += 1;
        }
        let last = (answer.column_totals.as_slice(), &answer.total);
        self.line(sheet, row, book.labels.all, last, &bold)?;
        Ok(column(headings.len() + 1))
    }

    /// The rows' heading, each column's, that of the totals, and of how many it rests on.
    fn headings(&self) -> Vec<String> {
        let Self { answer, book } = self;
        let question = &answer.question;
        let name = |by: Option<Dimension>| by.map_or_else(String::new, book.dimension);
        let mut headings = vec![name(question.rows())];
        match question.columns() {
            None => headings.push(book.figure.clone()),
            Some(by) => {
                let keys = answer.columns.iter();
                headings.extend(keys.map(|key| (book.labels.key)(by, key)));
                headings.push(book.labels.all.to_owned());
            }
        }
        if !question.measure.is_count() {
            headings.push(book.rests_on.clone());
        }
        headings
    }

    fn line(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        name: &str,
        (cells, total): (&[Figure], &Figure),
        format: &Format,
    ) -> Result<(), XlsxError> {
        let measure = self.answer.question.measure;
        sheet.write_string_with_format(row, 0, name, format)?;
        let number = format.clone().set_num_format(number_format(measure));
        let hidden = format.clone().set_background_color(Color::RGB(0x00D9_D9D9));
        let mut at = 1;
        let figures = cells.iter().chain([total]);
        for figure in figures.clone() {
            match rounded(figure.value) {
                Some(value) => sheet.write_number_with_format(row, at, value, &number)?,
                None if figure.value == Value::Hidden => sheet.write_blank(row, at, &hidden)?,
                None => sheet,
            };
            at += 1;
        }
        if !measure.is_count() {
            if total.value != Value::Hidden {
                let whole = format.clone().set_num_format(WHOLE);
                sheet.write_number_with_format(row, at, count(total.rests_on), &whole)?;
            }
            at += 1;
        }
        if figures.clone().any(|figure| figure.value == Value::Hidden) {
            sheet.write_string(row, at, &self.book.hidden)?;
        }
        Ok(())
    }

    /// The rows as bars, spans of time as lines, a series for each column; `None`: there is nothing to draw, or too much.
    fn chart(&self) -> Result<Option<Chart>, XlsxError> {
        let Self { answer, book } = self;
        let Some(rows) = answer.question.rows() else {
            return Ok(None);
        };
        let series = answer.columns.len().max(1);
        if answer.rows.is_empty() || series > MOST_SERIES {
            return Ok(None);
        }
        let kind = match (rows.is_time(), answer.question.measure.is_count()) {
            (true, _) => ChartType::Line,
            (false, true) if !answer.columns.is_empty() => ChartType::BarStacked,
            (false, _) => ChartType::Bar,
        };
        let first = HEADINGS + 1;
        let last = HEADINGS + row(answer.rows.len());
        let sheet = book.table.as_str();
        let mut chart = Chart::new(kind);
        for at in (1..).take(series) {
            chart
                .add_series()
                .set_name((sheet, HEADINGS, at))
                .set_categories((sheet, first, 0, last, 0))
                .set_values((sheet, first, at, last, at));
        }
        chart.title().set_name(&book.figure);
        chart.set_alt_text(format!("{}, {}", book.figure, answer.question.period));
        if answer.columns.is_empty() {
            chart.legend().set_hidden();
        }
        if !rows.is_time() {
            // A bar chart begins at the bottom; the table at the top.
            chart.x_axis().set_reverse();
        }
        let height = 160 + 22 * u32::from(column(answer.rows.len().clamp(6, 60)));
        chart.set_width(720).set_height(height);
        Ok(Some(chart))
    }
}

const WHOLE: &str = "#,##0";

fn number_format(measure: Measure) -> &'static str {
    if measure.is_count() {
        WHOLE
    } else if measure.is_share() {
        "0%"
    } else {
        "#,##0.0"
    }
}

fn row(count: usize) -> RowNum {
    RowNum::try_from(count).unwrap_or(RowNum::MAX)
}

fn column(count: usize) -> ColNum {
    ColNum::try_from(count).unwrap_or(ColNum::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "complaints are fewer than 2^53")]
fn count(complaints: u64) -> f64 {
    complaints as f64
}
