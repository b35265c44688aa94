//! An answer to take along: for a spreadsheet, for other programs, as a picture.

use std::io;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::ask::Asked;
use super::labels::Labels;
use super::shown::{self, Shown};
use crate::console::Console;
use crate::console::guard::Visitor;
use crate::console::problem::Problem;
use crate::reports::write::{self, Book, csv, json, xlsx};
use crate::reports::{Answer, Dimension, Key};

/// The last part of the address, and what the file is.
const KINDS: [(&str, &str); 4] = [
    ("csv", "text/csv; charset=utf-8"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
];

/// `/console/figures/question/{format}`
pub(in crate::console) async fn file(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
    format: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let known = KINDS.into_iter().find(|(word, _)| *word == format.as_str());
    let (word, kind) = known.ok_or(Problem::NotThere)?;
    let names = console.names(&visitor.visit)?;
    let labels = Labels { names: &names };
    let asked = Asked::of(&console, &visitor, &names, request.query_string()).await?;
    let question = asked.question().map_err(|_| Problem::NotThere)?;
    let answers = console.answers(&asked.view, vec![question]).await?;
    // What may not be known, and what is no picture, is not there.
    let answer = answers.ok().and_then(|mut answers| answers.pop());
    let answer = answer.ok_or(Problem::NotThere)?;
    let file = written(&answer, word, &labels, &asked).map_err(|error| {
        tracing::error!(%error, "A file of figures could not be written");
        Problem::Unavailable
    })?;
    let name = format!("{}.{word}", answer.question.measure.word());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(file.ok_or(Problem::NotThere)?))
}

/// The bytes of it; `None`: it cannot be drawn.
fn written(
    answer: &Answer,
    format: &str,
    labels: &Labels<'_>,
    asked: &Asked,
) -> io::Result<Option<Vec<u8>>> {
    let ground = &asked.ground(labels.names);
    let w = &labels.names.language.words.report;
    let key = |dimension: Dimension, key: &Key| labels.name(dimension, key.as_deref());
    let all = w.all();
    let named = write::Labels {
        key: &key,
        all: &all,
    };
    let mut file = Vec::new();
    match format {
        "csv" => csv(&mut file, answer, &named)?,
        "json" => {
            let json = json(answer, ground.now, asked.view.is_outside, &named);
            file = format!("{json:#}\n").into_bytes();
        }
        "svg" => return Ok(shown::alone(answer, ground, labels).map(String::into_bytes)),
        _ => {
            let shown = Shown::of(answer, None, ground, labels);
            let span = labels.span(&answer.question.period);
            let apart = shown.apart.into_iter().map(|told| (told, String::new()));
            let book = Book {
                labels: named,
                dimension: &|dimension| labels.dimension(dimension),
                figure: shown.caption,
                table: w.sheet_table(),
                about: w.sheet_about(),
                rests_on: w.rests_on(),
                hidden: w.hidden(),
                asked: std::iter::once((w.lodged(), span)).chain(apart).collect(),
                counted_at: ground.now,
                right_to_left: labels.names.language.direction == "rtl",
            };
            file = xlsx(answer, &book).map_err(io::Error::other)?;
        }
    }
    Ok(Some(file))
}
