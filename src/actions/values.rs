//! What texts may name of a complaint.

use chrono_tz::Tz;

use crate::complaint::{OrganisationId, Status};
use crate::configuration::Configuration;
use crate::intake::replies::{Language, Values};
use crate::store::ComplaintRow;

/// What a text in that language may name of a complaint; dates are those of the county's `zone`.
pub(super) fn values_of<'v>(
    configuration: &'v Configuration,
    language: &Language,
    complaint: &'v ComplaintRow,
    zone: Tz,
) -> Values<'v> {
    let due = if complaint.status.has_been_acted_on() || complaint.status == Status::Reopened {
        complaint.due.resolve
    } else {
        complaint.due.first_action
    };
    Values {
        number: Some(complaint.number),
        date: Some(due.with_timezone(&zone).date_naive()),
        since: Some(complaint.status_since.with_timezone(&zone).date_naive()),
        organisation: Some(short_name(configuration, language, &complaint.holder)),
        free: configuration.settings.line.free,
        ..Values::default()
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
