//! Figures as a CSV file: a row each.

use std::io::{self, Write};

use super::cell::{MARK, rows, text};
use super::figures::{Labels, lines, rounded};
use crate::reports::Answer;

/// Writes all figures of an answer: `sector,sector_name,gender,gender_name,measure,value,rests_on,note`. A value that is not told is an
/// empty cell, and the note says why: `hidden`, of so few that somebody could be known by it; `nothing`, there is nothing that it could
/// be of.
///
/// # Errors
/// The writer's.
pub fn csv(out: &mut impl Write, answer: &Answer, labels: &Labels<'_>) -> io::Result<()> {
    out.write_all(MARK.as_bytes())?;
    let mut csv = rows(out);
    for dimension in answer.question.by() {
        let word = dimension.as_str();
        csv.write_field(word)?;
        csv.write_field(format!("{word}_name"))?;
    }
    csv.write_record(["measure", "value", "rests_on", "note"])?;
    let measure = answer.question.measure.word();
    for line in lines(answer) {
        for (_, key, name) in line.places(labels) {
            csv.write_field(text(key.unwrap_or_default()).as_bytes())?;
            csv.write_field(text(&name).as_bytes())?;
        }
        let number = rounded(line.figure.value).map(|value| value.to_string());
        let rests_on = line.rests_on().map(|count| count.to_string());
        csv.write_record([
            measure.as_str(),
            &number.unwrap_or_default(),
            &rests_on.unwrap_or_default(),
            line.note().unwrap_or_default(),
        ])?;
    }
    csv.flush()
}
