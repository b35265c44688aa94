//! What texts may name of a complaint.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::complaint::OrganisationId;
use crate::configuration::Configuration;
use crate::intake::replies::{Language, Values};
use crate::store::ComplaintRow;

/// What a text in that language may name of a complaint; dates are those of its county, whichever county's number was texted.
pub(super) fn values_of<'v>(
    configuration: &'v Configuration,
    language: &Language,
    complaint: &'v ComplaintRow,
) -> Values<'v> {
    let since = complaint.status_since;
    Values {
        number: Some(complaint.number),
        date: Some(due_date(configuration, complaint)),
        since: Some(
            since
                .with_timezone(&zone(configuration, complaint))
                .date_naive(),
        ),
        organisation: Some(short_name(configuration, language, &complaint.holder)),
        free: configuration.settings.line.free,
        ..Values::default()
    }
}

/// The same without a deadline that has passed: a promise that was not kept is no news, and the part of the text that names it is left
/// out.
pub(super) fn values_ahead<'v>(
    configuration: &'v Configuration,
    language: &Language,
    complaint: &'v ComplaintRow,
    now: DateTime<Utc>,
) -> Values<'v> {
    let values = values_of(configuration, language, complaint);
    Values {
        date: values.date.filter(|_| next_due(complaint) >= now),
        ..values
    }
}

/// The day, in its county, by which the complainant may count on something.
pub(super) fn due_date(configuration: &Configuration, complaint: &ComplaintRow) -> NaiveDate {
    let zone = zone(configuration, complaint);
    next_due(complaint).with_timezone(&zone).date_naive()
}

fn zone(configuration: &Configuration, complaint: &ComplaintRow) -> Tz {
    configuration.county_or_first(&complaint.county).zone
}

/// By when the complainant may count on something.
fn next_due(complaint: &ComplaintRow) -> DateTime<Utc> {
    if complaint.status.has_been_acted_on() {
        complaint.due.resolve
    } else {
        complaint.due.first_action
    }
}

/// How a text in that language calls an organisation. One that the configuration no longer knows goes by its id.
fn short_name<'v>(
    configuration: &'v Configuration,
    language: &Language,
    id: &'v OrganisationId,
) -> &'v str {
    match configuration.rules.organisation(id) {
        Some(organisation) => organisation.short_name_in(&language.id),
        None => id.as_str(),
    }
}
