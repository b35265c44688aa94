//! What left of late, page by page.

use chrono::{DateTime, TimeDelta, Utc};

use super::Row;
use crate::console::look::counted;
use crate::store::{EmailKey, EmailRow, Eyes, PAGE, Reader, StoreError};

/// So long it is told what left.
const OF_LATE: TimeDelta = TimeDelta::days(7);

/// By what an address says where the list goes on.
pub(super) const BEFORE: &str = "before";

/// What left of late.
pub(super) struct Sent {
    pub(super) rows: Vec<Row>,
    /// How many left today.
    pub(super) today: String,
    /// How many in all that time.
    pub(super) week: String,
    /// Where the list goes on.
    pub(super) next: Option<String>,
}

/// The same, as it is read.
pub(super) struct SentRead {
    pub(super) rows: Vec<EmailRow>,
    today: u32,
    week: u32,
    next: Option<EmailKey>,
}

/// Reads a page of it.
pub(super) fn read(
    reader: &Reader<'_>,
    now: DateTime<Utc>,
    today: DateTime<Utc>,
    before: Option<EmailKey>,
    eyes: &Eyes,
) -> Result<SentRead, StoreError> {
    let since = now - OF_LATE;
    let mut rows = reader.emails_that_left(since, before, PAGE + 1, eyes)?;
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| is_more);
    Ok(SentRead {
        next: last.map(|last| EmailKey {
            at: last.changed_at,
            id: last.id,
        }),
        today: reader.count_emails_that_left(today, eyes)?,
        week: reader.count_emails_that_left(since, eyes)?,
        rows,
    })
}

impl Sent {
    pub(super) fn new(read: &SentRead, rows: Vec<Row>) -> Self {
        let next = |key: EmailKey| {
            let at = key.at.timestamp_millis();
            format!("/console/emails?{BEFORE}={at}-{}#sent", key.id)
        };
        Self {
            rows,
            today: counted(read.today),
            week: counted(read.week),
            next: read.next.map(next),
        }
    }
}

/// Where an address says that the list goes on; `None`: it begins.
pub(super) fn key(said: &str) -> Option<EmailKey> {
    let (at, id) = said.split_once('-')?;
    Some(EmailKey {
        at: DateTime::from_timestamp_millis(at.parse().ok()?)?,
        id: id.parse().ok()?,
    })
}
