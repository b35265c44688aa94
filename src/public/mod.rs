//! Doors in: anybody with a browser. How to complain, a form to complain with, how a complaint stands.
//!
//! Nobody logs in here and nothing is remembered of who looks: no cookie, no script, and nothing in an address but the county and the
//! language. What is counted, in memory, is how often a network sends forms or guesses, and how often one complaint is guessed at.

mod county;
mod look;
mod track;
mod words;
mod write;

use std::net::IpAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, web};
use chrono::TimeDelta;
use url::Url;

use crate::clock::Clock;
use crate::configuration::Live;
use crate::pages::{Asset, Tries, harden};
use crate::store::Store;
use words::Languages;

/// Complaints that a network may hand in within an hour: an internet café has many guests.
const COMPLAINTS: u32 = 30;
/// Times that a network may look up a complaint within an hour.
const LOOKS: u32 = 60;
/// Times that one number may be tried with a wrong proof within an hour, by whomever: the ten thousand endings of a phone number take six
/// weeks, day and night.
pub const WRONG_PROOFS: u32 = 10;
/// The time that these are counted in.
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// What the pages need.
pub struct Public {
    store: Store,
    configuration: Live,
    clock: Clock,
    /// As the browser sees us: `https://sms.example.org`.
    origin: String,
    languages: Languages,
    css: Asset,
    complaints: Tries<IpAddr>,
    looks: Tries<IpAddr>,
    wrong_proofs: Tries<u64>,
}

impl Public {
    /// Takes what it needs. `public_url` is `server.public_url`.
    ///
    /// # Errors
    /// What is wrong with the pages' texts: they are part of the program, and a test holds that nothing is.
    pub fn new(
        store: Store,
        configuration: Live,
        clock: Clock,
        public_url: &str,
    ) -> anyhow::Result<Self> {
        let origin = Url::parse(public_url).map(|url| url.origin().ascii_serialization());
        Ok(Self {
            store,
            configuration,
            clock,
            origin: origin.unwrap_or_default(),
            languages: Languages::load().map_err(anyhow::Error::msg)?,
            css: Asset::new("public", "css", "text/css; charset=utf-8", look::CSS),
            complaints: Tries::new(COMPLAINTS, WITHIN),
            looks: Tries::new(LOOKS, WITHIN),
            wrong_proofs: Tries::new(WRONG_PROOFS, WITHIN),
        })
    }
}

/// Mounts the pages. `/` leads to them where nothing else was mounted there before.
pub fn configure(public: web::Data<Public>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |config| {
        config.app_data(public);
        let pages = web::scope("/complain")
            .route("", web::get().to(county::counties))
            .route("/assets/{name}", web::get().to(look::asset))
            .route("/{county}", web::get().to(county::page))
            .route("/{county}/poster", web::get().to(county::poster))
            .route("/{county}/write", web::get().to(write::page))
            .route("/{county}/write", web::post().to(write::hand_in))
            .default_service(web::route().to(look::nothing_here))
            .wrap(from_fn(on_every_response));
        let track = web::scope("/track")
            .route("", web::get().to(track::page))
            .route("", web::post().to(track::look_up))
            .default_service(web::route().to(look::nothing_here))
            .wrap(from_fn(on_every_response));
        config.service(pages).service(track);
        config.route("/", web::get().to(county::to_the_pages));
    }
}

async fn on_every_response(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let public = request.app_data::<web::Data<Public>>();
    let is_secure = public.is_some_and(|public| public.origin.starts_with("https:"));
    let mut response = next.call(request).await?;
    harden(response.headers_mut(), is_secure);
    Ok(response)
}
