//! A month's figures as open data: one list of all of them, in one file, whatever they are by.
//!
//! A row is a figure: of which month, by what it is counted and of which (the key `*`, by nothing: of all; an empty key: not given), what
//! is measured, its value, how many complaints it rests on, and where there is no value why.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::cell::{MARK, rows, text};
use super::figures::{ALL, Labels, Line, lines, rounded};
use crate::reports::{Answer, Figure, Value};

/// The fields of a row.
const FIELDS: [&str; 8] = [
    "month", "by", "key", "name", "measure", "value", "rests_on", "note",
];
/// What sensitive complaints are counted as: of all, and by nothing.
const SENSITIVE: &str = "sensitive";

/// The figures of a month: of all, and by one dimension each.
#[derive(Clone, Copy)]
pub struct OpenData<'a> {
    /// `2026-10`
    pub month: &'a str,
    /// The answers, those that are of all first.
    pub answers: &'a [Answer],
}

/// A row, as both files have it.
struct Row {
    by: &'static str,
    /// `None`: not given.
    key: Option<String>,
    name: String,
    measure: String,
    value: Option<f64>,
    is_count: bool,
    rests_on: Option<u64>,
    note: Option<&'static str>,
}

impl Row {
    fn of(line: &Line<'_>, measure: &str, labels: &Labels<'_>) -> Self {
        let of_all = || ("", Some(ALL), labels.all.to_owned());
        let (by, key, name) = line.places(labels).next().unwrap_or_else(of_all);
        Self {
            by,
            key: key.map(str::to_owned),
            name,
            measure: measure.to_owned(),
            value: rounded(line.figure.value),
            is_count: matches!(line.figure.value, Value::Count(_)),
            rests_on: line.rests_on(),
            note: line.note(),
        }
    }
}

impl OpenData<'_> {
    fn rows(&self, labels: &Labels<'_>) -> Vec<Row> {
        let mut rows = Vec::new();
        for answer in self.answers {
            let measure = answer.question.measure.word();
            // What all come to is told once.
            let is_told = |line: &&Line<'_>| match line.at.as_slice() {
                [] => true,
                at => at.iter().any(|(_, key)| key.is_some()),
            };
            let lines = lines(answer);
            let told = lines.iter().filter(is_told);
            rows.extend(told.map(|line| Row::of(line, &measure, labels)));
        }
        rows.extend(self.sensitive(labels));
        rows
    }

    /// How many are in none of the tables; 0 may be some that are not told.
    fn sensitive(&self, labels: &Labels<'_>) -> Option<Row> {
        let value = match self.answers.first()?.left_out.sensitive {
            0 => Value::Hidden,
            count => Value::Count(count),
        };
        let rests_on = match value {
            Value::Count(count) => count,
            _ => 0,
        };
        let line = Line {
            at: Vec::new(),
            figure: Figure { rests_on, value },
        };
        Some(Row::of(&line, SENSITIVE, labels))
    }

    /// Writes them as CSV.
    ///
    /// # Errors
    /// The writer's.
    pub fn csv(&self, out: &mut impl Write, labels: &Labels<'_>) -> io::Result<()> {
        out.write_all(MARK.as_bytes())?;
        let mut csv = rows(out);
        csv.write_record(FIELDS)?;
        for row in self.rows(labels) {
            let number = |number: Option<String>| number.unwrap_or_default();
            csv.write_record([
                self.month,
                row.by,
                &text(&row.key.unwrap_or_default()),
                &text(&row.name),
                &row.measure,
                &number(row.value.map(|value| value.to_string())),
                &number(row.rests_on.map(|count| count.to_string())),
                row.note.unwrap_or_default(),
            ])?;
        }
        csv.flush()
    }

    /// The same as JSON, each with `null` for what is empty there.
    pub fn json(&self, labels: &Labels<'_>) -> Json {
        let figure = |row: Row| {
            let value = match row.value {
                // Counts are whole.
                Some(_) if row.is_count => json!(row.rests_on),
                value => json!(value),
            };
            let values = [
                json!(self.month),
                json!(row.by),
                json!(row.key),
                json!(row.name),
                json!(row.measure),
                value,
                json!(row.rests_on),
                json!(row.note),
            ];
            let fields = FIELDS.iter().map(|field| (*field).to_owned());
            Json::Object(fields.zip(values).collect::<Map<_, _>>())
        };
        self.rows(labels).into_iter().map(figure).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{Dimension, Key, LeftOut, Measure, Period, Question};

    fn answer(
        by: &[Dimension],
        rows: &[(Option<&str>, u64)],
        total: u64,
        sensitive: u64,
    ) -> Answer {
        let figure = |count: u64| Figure {
            rests_on: count,
            value: match count {
                1..5 => Value::Hidden,
                count => Value::Count(count),
            },
        };
        let period = Period::from_word("2026-10").unwrap();
        Answer {
            question: Question::new(by, Measure::Complaints, period).unwrap(),
            rows: rows
                .iter()
                .map(|(key, _)| -> Key { key.map(Into::into) })
                .collect(),
            columns: Vec::new(),
            cells: Vec::new(),
            row_totals: rows.iter().map(|(_, count)| figure(*count)).collect(),
            column_totals: Vec::new(),
            total: figure(total),
            left_out: LeftOut {
                sensitive,
                ..LeftOut::default()
            },
        }
    }

    fn written(answers: &[Answer]) -> (String, Json) {
        let labels = Labels {
            key: &|_, key| key.as_deref().unwrap_or("Not given").to_uppercase(),
            all: "All",
        };
        let data = OpenData {
            month: "2026-10",
            answers,
        };
        let mut csv = Vec::new();
        data.csv(&mut csv, &labels).unwrap();
        (String::from_utf8(csv).unwrap(), data.json(&labels))
    }

    #[test]
    fn each_figure_is_a_row_and_what_all_come_to_is_one() {
        let rows = [
            (Some("water"), 12),
            (Some("=cmd"), 7),
            (Some("roads"), 2),
            (None, 0),
        ];
        let (csv, json) = written(&[
            answer(&[], &[], 21, 6),
            answer(&[Dimension::Sector], &rows, 21, 6),
        ]);
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(
            lines,
            [
                "month,by,key,name,measure,value,rests_on,note",
                "2026-10,,*,All,complaints,21,21,",
                "2026-10,sector,water,WATER,complaints,12,12,",
                "2026-10,sector,'=cmd,'=CMD,complaints,7,7,",
                "2026-10,sector,roads,ROADS,complaints,,,hidden",
                "2026-10,sector,,NOT GIVEN,complaints,0,0,",
                "2026-10,,*,All,sensitive,6,6,",
            ]
        );
        assert_eq!(json.as_array().unwrap().len(), 6);
        assert_eq!(
            json[1],
            json!({ "month": "2026-10", "by": "sector", "key": "water", "name": "WATER", "measure": "complaints", "value": 12, "rests_on": 12, "note": null })
        );
        assert_eq!(json[3]["value"], Json::Null);
        assert_eq!(json[4]["key"], Json::Null);
    }

    #[test]
    fn of_few_sensitive_ones_not_even_that_there_are_none_is_told() {
        let (csv, _) = written(&[answer(&[], &[], 21, 0)]);
        assert!(csv.contains(",All,sensitive,,,hidden"), "{csv}");
    }
}
