//! Doors in: anybody with a browser. How to complain, a form to complain with, how a complaint stands, and what is told of all of them.
//!
//! Nobody logs in here and nothing is remembered of who looks: no cookie, no script, and nothing in an address but the county and the
//! language. What is counted, in memory, is how often a network sends forms or guesses, and how often one complaint is guessed at.

mod county;
mod figures;
mod look;
mod track;
mod words;
mod write;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, Route, web};
use chrono::TimeDelta;
use tokio::sync::Semaphore;
use url::Url;

use crate::clock::Clock;
use crate::configuration::Live;
use crate::pages::{Asset, Networks, Tries, harden, reading};
use crate::store::Store;
use words::Languages;

/// Complaints that a network may hand in: an internet café has many guests.
const COMPLAINTS: (u32, TimeDelta) = (30, TimeDelta::hours(1));
/// Complaints of all networks that lie near each other: no more than a part of what all may hand in.
const COMPLAINTS_NEAR: (u32, TimeDelta) = (40, TimeDelta::minutes(2));
/// Complaints that may be handed in by all together: more than any county has people who write at once, and no more than a convener can put
/// away again.
const COMPLAINTS_OF_ALL: (u32, TimeDelta) = (60, TimeDelta::minutes(1));
/// Times that a network may look up a complaint.
const LOOKS: (u32, TimeDelta) = (60, TimeDelta::hours(1));
/// The same of all that lie near each other.
const LOOKS_NEAR: (u32, TimeDelta) = (60, TimeDelta::minutes(1));
/// Times that one complaint may be tried with a wrong proof, by whomever; one comes back every 2.4 hours. The ten thousand endings of a
/// phone number take two years and nine months, a code of six digits three centuries.
///
/// Only complaints that there are have wrong proofs, so that asking for numbers that there are not closes nothing. Who knows a number can
/// keep it closed here, and nothing more: texts are answered all the same, and the convener can be asked.
const WRONG_PROOFS: (u32, TimeDelta) = (10, TimeDelta::days(1));
/// So many wait at most for figures of months that nobody asked for lately; the console's have the other places in the queue.
const COUNTING: usize = 16;

/// What the pages need.
pub struct Public {
    store: Store,
    configuration: Live,
    clock: Clock,
    /// As the browser sees us: `https://sms.example.org`.
    origin: String,
    languages: Languages,
    css: Asset,
    figures_css: Asset,
    complaints: Networks,
    complaints_of_all: Tries<()>,
    looks: Networks,
    wrong_proofs: Tries<u64>,
    /// Places for who asks for figures that are to be counted.
    counting: Semaphore,
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
            figures_css: Asset::new("figures", "css", "text/css; charset=utf-8", figures::CSS),
            complaints: Networks::new(COMPLAINTS, COMPLAINTS_NEAR),
            complaints_of_all: Tries::new(COMPLAINTS_OF_ALL.0, COMPLAINTS_OF_ALL.1),
            looks: Networks::new(LOOKS, LOOKS_NEAR),
            wrong_proofs: Tries::new(WRONG_PROOFS.0, WRONG_PROOFS.1),
            counting: Semaphore::new(COUNTING),
        })
    }
}

fn read() -> Route {
    web::route().guard(reading())
}

/// Mounts the pages. `/` leads to them where nothing else was mounted there before.
pub fn configure(public: web::Data<Public>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |config| {
        config.app_data(public);
        let pages = web::scope("/complain")
            .route("", read().to(county::counties))
            .route("/assets/{name}", read().to(look::asset))
            .route("/{county}", read().to(county::page))
            .route("/{county}/poster", read().to(county::poster))
            .route("/{county}/figures", read().to(figures::newest))
            .route("/{county}/figures/{month}", read().to(figures::month))
            .route("/{county}/figures/{month}/radio", read().to(figures::radio))
            .route(
                "/{county}/figures/{month}/open-data.csv",
                read().to(figures::csv),
            )
            .route(
                "/{county}/figures/{month}/open-data.json",
                read().to(figures::json),
            )
            .route("/{county}/write", read().to(write::page))
            .route("/{county}/write", web::post().to(write::hand_in))
            .default_service(web::route().to(look::nothing_here))
            .wrap(from_fn(on_every_response));
        let track = web::scope("/track")
            .route("", read().to(track::page))
            .route("", web::post().to(track::look_up))
            .default_service(web::route().to(look::nothing_here))
            .wrap(from_fn(on_every_response));
        config.service(pages).service(track);
        config.route("/", read().to(county::to_the_pages));
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
