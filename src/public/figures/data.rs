//! A month's figures to take along: as CSV for a spreadsheet, as JSON for a program.

use std::io;

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::SecondsFormat;
use serde_json::json;

use super::Asked;
use super::kept::Kept;
use crate::pages::table::Wording as _;
use crate::public::Public;
use crate::public::look::Problem;
use crate::reports::write::{Labels, OpenData};
use crate::reports::{Dimension, Key, Publication};

/// Under which they may be used and passed on: who does says where they are from, and nothing else is asked of them.
pub(super) const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";
pub(super) const LICENCE_NAME: &str = "CC BY 4.0";

/// `/complain/{county}/figures/{month}/open-data.csv`
pub(in crate::public) async fn csv(
    public: web::Data<Public>,
    request: HttpRequest,
) -> HttpResponse {
    let file = public.data_file(&request, Format::Csv).await;
    public.answer(&request, file)
}

/// `/complain/{county}/figures/{month}/open-data.json`
pub(in crate::public) async fn json(
    public: web::Data<Public>,
    request: HttpRequest,
) -> HttpResponse {
    let file = public.data_file(&request, Format::Json).await;
    public.answer(&request, file)
}

#[derive(Clone, Copy)]
enum Format {
    Csv,
    Json,
}

impl Format {
    fn kind(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl Public {
    async fn data_file(
        &self,
        request: &HttpRequest,
        format: Format,
    ) -> Result<HttpResponse, Problem> {
        let asked = self.asked(request).await?;
        let of = asked.month.ok_or(Problem::NotThere)?;
        let kept = Kept::of(request, &asked);
        if let Some(known) = kept.known() {
            return Ok(known);
        }
        let figures = self.figures_of(&asked, of).await?;
        let (labels, month) = (asked.labels(), of.month.word());
        let key = |dimension: Dimension, key: &Key| labels.name(dimension, key.as_deref());
        let all = labels.all();
        let named = Labels {
            key: &key,
            all: &all,
        };
        let data = OpenData {
            month: &month,
            answers: &figures.answers,
        };
        let body = match format {
            Format::Csv => in_csv(&data, &named).map_err(|error| {
                tracing::error!(%error, "A file of figures could not be written");
                Problem::Unavailable
            })?,
            Format::Json => in_json(&data, &named, &asked, &of),
        };
        let mut answer = kept.answer(format.kind(), body);
        let name = format!("{}-{month}.{}", asked.county.id, format.ending());
        if let Ok(named) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
            answer.headers_mut().insert(CONTENT_DISPOSITION, named);
        }
        Ok(answer)
    }
}

fn in_csv(data: &OpenData<'_>, labels: &Labels<'_>) -> io::Result<String> {
    let mut file = Vec::new();
    data.csv(&mut file, labels)?;
    String::from_utf8(file).map_err(io::Error::other)
}

/// With what a program's maker asks first: of what these are, as of when, what they may do with them, and how to read them.
fn in_json(
    data: &OpenData<'_>,
    labels: &Labels<'_>,
    asked: &Asked<'_>,
    of: &Publication,
) -> String {
    let file = json!({
        "county": asked.county.id.as_str(),
        "county_name": asked.county.name,
        "month": data.month,
        "taken_at": of.taken_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "source": asked.convener(),
        "licence": LICENCE_NAME,
        "licence_url": LICENCE,
        "how_to_read": asked.language.figures.how_to_read(),
        "figures": data.json(labels),
    });
    format!("{file:#}\n")
}
