//! A month that is over is published: its complaints are copied as they stand now, then it is decided what outsiders may see of them, and
//! once that is kept, they are told.

use chrono::{DateTime, Utc};

use crate::complaint::CountyId;
use crate::configuration::Configuration;
use crate::reports::{Period, to_publish};
use crate::store::{Decided, Reader, StoreError, Tx, Unfinished};

/// What is to be written next.
#[derive(Clone, Debug)]
pub enum Next {
    /// To begin with that month of a county.
    Begin(CountyId, Period),
    /// To copy more complaints of one that was begun.
    GoOn(Unfinished),
    /// To keep what is told of one that is copied.
    Tell(Box<Decided>),
}

/// What is to be written next; `None`: all that is over is published. What is told of a month is worked out here, beside the writer: that
/// takes about a second, in which texts are taken in.
///
/// # Errors
/// The store's.
pub fn to_publish_next(
    reader: &Reader<'_>,
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> Result<Option<Next>, StoreError> {
    if let Some(unfinished) = reader.unfinished_publication()? {
        return Ok(Some(Next::GoOn(unfinished)));
    }
    for county in configuration.rules.counties() {
        let ground = configuration.ground(std::slice::from_ref(&county.id), now);
        if let Some(decided) = reader.decide_next(&ground)? {
            return Ok(Some(Next::Tell(Box::new(decided))));
        }
        let Some(first) = reader.first_lodged(&county.id)? else {
            continue;
        };
        let since = first.with_timezone(&county.zone).date_naive();
        let known = reader.published(&county.id)?;
        if let Some(month) = to_publish(since, &known, county.zone, now) {
            return Ok(Some(Next::Begin(county.id.clone(), month)));
        }
    }
    Ok(None)
}

/// Writes it; whether the month is told now.
///
/// # Errors
/// The store's; then nothing was done.
pub fn publish_month(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    next: &Next,
) -> Result<bool, StoreError> {
    let bounds = |county: &CountyId, month: &Period| {
        let zone = configuration.county_or_first(county).zone;
        month.in_zone(zone)
    };
    match next {
        Next::Begin(county, month) => {
            let (begins_at, _) = bounds(county, month);
            tx.begin_publication(county, month, begins_at)?;
        }
        Next::GoOn(unfinished) => {
            let (_, ends_at) = bounds(unfinished.county(), &unfinished.month());
            tx.publish_some(unfinished, ends_at)?;
        }
        Next::Tell(decided) => tx.publish(decided)?,
    }
    Ok(matches!(next, Next::Tell(_)))
}
