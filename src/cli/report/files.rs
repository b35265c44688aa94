//! An answer as a file for other programs.

use std::sync::Arc;

use anyhow::Context;
use chrono::SecondsFormat;

use super::Told;
use super::shown::{Format, name, table};
use crate::configuration::Configuration;
use crate::console::picture;
use crate::reports::privacy::FEWEST;
use crate::reports::write::{Book, Labels, csv, json, xlsx};
use crate::reports::{Answer, Dimension, Ground, Key};

/// Who are told what is hidden from few.
const OUTSIDERS: &str = "the committee and the public";

/// The bytes of it.
pub(super) fn written(
    told: &Told<'_>,
    format: Format,
    configuration: &Arc<Configuration>,
) -> anyhow::Result<Vec<u8>> {
    let Told {
        answer,
        ground,
        is_outside,
    } = told;
    let counted_at = ground.now;
    let key = |dimension: Dimension, key: &Key| name(configuration, Some(dimension), key);
    let labels = Labels {
        key: &key,
        all: "all",
    };
    Ok(match format {
        Format::Table => {
            let mut table = table(answer, configuration).trim_end().to_owned();
            if *is_outside {
                table += &format!("\n\n{}", outsiders(ground));
            }
            format!("{table}\n").into_bytes()
        }
        Format::Csv => {
            let mut file = Vec::new();
            csv(&mut file, answer, &labels)?;
            file
        }
        Format::Json => {
            format!("{:#}\n", json(answer, counted_at, *is_outside, &labels)).into_bytes()
        }
        Format::Xlsx => {
            let book = Book {
                labels,
                dimension: &|dimension| dimension.as_str().replace('_', " "),
                figure: answer.question.measure.word().replace('_', " "),
                table: "figures".to_owned(),
                about: "what was asked".to_owned(),
                rests_on: "complaints counted".to_owned(),
                hidden: "not told: fewer than 5, or it would give such a one away".to_owned(),
                asked: asked(told, &key),
                counted_at,
                right_to_left: false,
            };
            xlsx(answer, &book)?
        }
        Format::Svg => picture(answer, ground, Arc::clone(configuration))?
            .with_context(|| not_drawn(answer))?
            .into_bytes(),
    })
}

/// What stands below a table that is told to outsiders.
fn outsiders(ground: &Ground<'_>) -> String {
    let zone = ground
        .counties
        .first()
        .map_or(chrono_tz::UTC, |(_, zone)| *zone);
    let taken = ground.now.with_timezone(&zone).date_naive();
    format!(
        "For {OUTSIDERS}: as complaints stood on {taken}.\n\
         hidden: fewer than {FEWEST}, or such a figure could be worked out by it."
    )
}

/// Why there is no picture, and of what there is one.
fn not_drawn(answer: &Answer) -> &'static str {
    match answer.question.rows() {
        None => "one figure is no picture: ask by one or two things, as in --by month,gender",
        Some(_) => {
            "nobody complained in that time, so there is nothing to draw: ask of another, as in --period 2026"
        }
    }
}

/// What was asked and when, and what is not in the table.
fn asked(
    Told {
        answer,
        ground,
        is_outside,
    }: &Told<'_>,
    name: &dyn Fn(Dimension, &Key) -> String,
) -> Vec<(String, String)> {
    let question = &answer.question;
    let mut told = vec![
        ("figure".to_owned(), question.measure.word()),
        ("lodged".to_owned(), question.period.to_string()),
    ];
    for (dimension, value) in question.filters() {
        let value: Key = value.as_deref().map(Into::into);
        told.push((
            format!("only {}", dimension.as_str()),
            name(*dimension, &value),
        ));
    }
    if *is_outside {
        told.push(("for".to_owned(), OUTSIDERS.to_owned()));
    }
    let at = ground.now.to_rfc3339_opts(SecondsFormat::Secs, true);
    told.push(("counted at".to_owned(), at));
    let apart = answer.left_out.told();
    told.extend(apart.map(|(count, what)| (format!("not counted: {what}"), count.to_string())));
    told
}
