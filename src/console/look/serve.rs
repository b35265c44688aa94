//! Answers with an asset.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::console::Console;
use crate::console::problem::Problem;
use crate::pages::KEPT;

pub(in crate::console) async fn asset(
    console: web::Data<Console>,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let asset = console.assets.named(&name).ok_or(Problem::NotThere)?;
    Ok(HttpResponse::Ok()
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, KEPT))
        .body(asset.body))
}

/// A page of a template. One that cannot be written is told like a store that cannot be asked.
pub(in crate::console) fn page(template: &impl askama::Template) -> Result<HttpResponse, Problem> {
    let page = template.render().map_err(|error| {
        tracing::error!(%error, "A page could not be written");
        Problem::Unavailable
    })?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(page))
}
