//! An answer as a terminal shows it.

use clap::ValueEnum;

use crate::complaint::{OrganisationId, PlaceId, SectorId};
use crate::configuration::Configuration;
use crate::reports::{Answer, Dimension, Figure, Key, Value};

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// A row for each figure
    Csv,
    /// The same for programs, with what was asked
    Json,
    /// A workbook with the table and a chart
    Xlsx,
    /// The chart alone, as a picture
    Svg,
}

/// No name in a table is longer.
const WIDEST_NAME: usize = 40;

pub(super) fn table(answer: &Answer, configuration: &Configuration) -> String {
    let question = &answer.question;
    let mut told = format!("{}, {}", question.measure.word(), question.period);
    for (dimension, value) in question.filters() {
        let value: Key = value.as_deref().map(Into::into);
        let value = name(configuration, Some(*dimension), &value);
        told += &format!(", {}: {value}", dimension.as_str().replace('_', " "));
    }
    told += "\n\n";
    let name = |dimension, key: &Key| cut(name(configuration, dimension, key));
    let mut lines = Vec::new();
    if let Some(rows) = question.rows() {
        let columns = answer
            .columns
            .iter()
            .map(|key| name(question.columns(), key));
        lines.push(
            [
                vec![rows.as_str().to_owned()],
                columns.collect(),
                vec!["all".to_owned()],
            ]
            .concat(),
        );
        for (at, row) in answer.rows.iter().enumerate() {
            let cells = answer.cells.get(at).into_iter().flatten();
            let total = answer.row_totals.get(at);
            let figures = cells.chain(total).map(figure);
            lines.push(
                std::iter::once(name(question.rows(), row))
                    .chain(figures)
                    .collect(),
            );
        }
    }
    let totals = answer
        .column_totals
        .iter()
        .chain([&answer.total])
        .map(figure);
    lines.push(std::iter::once("all".to_owned()).chain(totals).collect());
    told += &aligned(&lines);
    for (count, what) in answer.left_out.told() {
        told += &format!("\nNot in the table: {count} {what}");
    }
    told
}

/// Names on the left, figures on the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |at: usize| {
        let cells = lines.iter().filter_map(|line| line.get(at));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut told = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (cell, width))| match at {
            0 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        told += cells.collect::<Vec<_>>().join("  ").trim_end();
        told.push('\n');
    }
    told
}

fn figure(figure: &Figure) -> String {
    match figure.value {
        Value::Count(count) => count.to_string(),
        Value::Days(days) => format!("{days:.1}"),
        Value::Rate(rate) => format!("{rate:.1}"),
        Value::Hidden => "hidden".to_owned(),
        value => value
            .number()
            .map_or("-".to_owned(), |part| format!("{:.0} %", part * 100.0)),
    }
}

/// What a row is called; ids where the configuration knows no name.
pub(super) fn name(
    configuration: &Configuration,
    dimension: Option<Dimension>,
    key: &Key,
) -> String {
    let Some(key) = key else {
        return "not given".to_owned();
    };
    let (places, rules) = (&configuration.places, &configuration.rules);
    let known = match dimension {
        Some(Dimension::County | Dimension::SubCounty | Dimension::Ward) => {
            places.name(&PlaceId::new(key.as_ref())).map(str::to_owned)
        }
        Some(Dimension::Sector) => {
            let known = rules.sector(&SectorId::new(key.as_ref()));
            known.map(|known| known.name.clone())
        }
        Some(Dimension::Organisation) => {
            let known = rules.organisation(&OrganisationId::new(key.as_ref()));
            known.map(|known| known.name.clone())
        }
        _ => None,
    };
    known.unwrap_or_else(|| key.replace('_', " "))
}

/// No wider than a table has room for.
fn cut(name: String) -> String {
    if name.chars().count() <= WIDEST_NAME {
        return name;
    }
    let begins: String = name.chars().take(WIDEST_NAME - 1).collect();
    format!("{begins}…")
}
