//! Doors in: anybody with a browser. How to complain, a form to complain with, how a complaint stands.
//!
//! Nobody logs in here and nothing is remembered of who looks: no cookie, no script, and nothing in an address but the county and the
//! language. What is counted, in memory, is how often a network sends forms or guesses, and how often one complaint is guessed at.

mod county;
mod guesses;
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
use guesses::Guesses;
use words::Languages;

/// Complaints that a network may hand in within an hour: an internet café has many guests.
const COMPLAINTS: u32 = 30;
/// Complaints that may be handed in within a minute by all together: more than any county has people who write at once, and no more than a
/// convener can put away again.
const COMPLAINTS_A_MINUTE: u32 = 60;
/// Times that a network may look up a complaint within an hour.
const LOOKS: u32 = 60;
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
    complaints_of_all: Tries<()>,
    looks: Tries<IpAddr>,
    guesses: Guesses,
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
            complaints_of_all: Tries::new(COMPLAINTS_A_MINUTE, TimeDelta::minutes(1)),
            looks: Tries::new(LOOKS, WITHIN),
            guesses: Guesses::default(),
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
