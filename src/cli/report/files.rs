//! An answer as a file for other programs.

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, SecondsFormat, Utc};

use super::shown::{Format, name, table};
use crate::configuration::Configuration;
use crate::console::picture;
use crate::reports::write::{Book, Labels, csv, json, xlsx};
use crate::reports::{Answer, Dimension, Ground, Key};

/// The bytes of it.
pub(super) fn written(
    answer: &Answer,
    format: Format,
    configuration: &Arc<Configuration>,
    ground: &Ground<'_>,
) -> anyhow::Result<Vec<u8>> {
    let counted_at = ground.now;
    let key = |dimension: Dimension, key: &Key| name(configuration, Some(dimension), key);
    let labels = Labels {
        key: &key,
        all: "all",
    };
    Ok(match format {
        Format::Table => format!("{}\n", table(answer, configuration).trim_end()).into_bytes(),
        Format::Csv => {
            let mut file = Vec::new();
            csv(&mut file, answer, &labels)?;
            file
        }
        Format::Json => format!("{:#}\n", json(answer, counted_at, &labels)).into_bytes(),
        Format::Xlsx => {
            let book = Book {
                labels,
                dimension: &|dimension| dimension.as_str().replace('_', " "),
                figure: answer.question.measure.word().replace('_', " "),
                table: "figures".to_owned(),
                about: "what was asked".to_owned(),
                rests_on: "complaints counted".to_owned(),
                hidden: "not told: too few".to_owned(),
                asked: asked(answer, counted_at, &key),
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
    answer: &Answer,
    counted_at: DateTime<Utc>,
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
    let at = counted_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    told.push(("counted at".to_owned(), at));
    let apart = answer.left_out.told();
    told.extend(apart.map(|(count, what)| (format!("not counted: {what}"), count.to_string())));
    told
}
