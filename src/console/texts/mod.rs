//! What the line carries: texts in and out, what they cost, how the outbox stands, and what an operator must hear of. Counts only: no
//! complaint, no number, no words.

mod alarms;
mod figures;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono_tz::Tz;

use super::Console;
use super::guard::Visitor;
use super::look::{self, Calendar, Frame};
use super::problem::Problem;
use crate::people::Role;
use crate::store::OutboxCounts;
use alarms::AlarmView;
use figures::Figures;

#[derive(Template)]
#[template(path = "texts/texts.html", config = "src/console/look/askama.toml")]
struct TextsPage<'a> {
    frame: Frame<'a>,
    today: Today,
    alarms: Vec<AlarmView>,
    outbox: OutboxCounts,
    figures: Figures,
    /// When a day begins, on the reader's clock.
    begins: String,
}

/// Today's share of what a day may cost.
struct Today {
    segments: u32,
    /// `limits.segments_per_day`.
    most: u32,
    /// To a tenth: `0.4`.
    percent: String,
    cost: Option<String>,
}

/// `/console/texts`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    // An organisation that has handed its county over minds the line no more.
    if matches!(visitor.person.role, Role::Convener(_)) && !console.convenes(&visitor.person) {
        return Err(Problem::NotThere);
    }
    let calendar = console.calendar(&visitor.visit)?;
    let days = Calendar {
        zone: Tz::UTC,
        ..calendar.clone()
    };
    let (now, since) = (calendar.now, figures::since(calendar.now));
    let read = console.store.read(move |reader| {
        Ok((
            reader.traffic(since)?,
            reader.segments_today(now)?,
            reader.outbox_counts()?,
            reader.alarms()?,
        ))
    });
    let (traffic, segments, outbox, alarms) = read.await?;
    let names = console.names(&visitor.visit)?;
    look::page(&TextsPage {
        frame: console
            .frame_with_counts(&visitor, |words| words.nav.texts())
            .await?,
        today: Today::new(segments, &names.configuration.settings),
        alarms: alarms::views(alarms, &calendar),
        outbox,
        figures: Figures::new(&traffic, &names, &days),
        begins: calendar.time(since),
    })
}

impl Today {
    fn new(segments: u32, settings: &crate::configuration::settings::Settings) -> Self {
        let most = settings.limits.segments_per_day;
        let thousandths = u64::from(segments) * 1000 / u64::from(most.max(1));
        let cost = settings.gateway.segment_price.of(segments.into());
        Self {
            segments,
            most,
            percent: format!("{}.{}", thousandths / 10, thousandths % 10),
            cost: cost.map(|cost| format!("{} {cost}", settings.gateway.currency)),
        }
    }
}
