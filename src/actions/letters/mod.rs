//! Emails that facts owe: to organisations, to the convener, to the steering committee.

mod compose;
mod referrals;
mod reminders;

use chrono::{DateTime, NaiveDate, Utc};

use crate::complaint::{County, Organisation};
use crate::configuration::Configuration;
use crate::letters::Letter;
use crate::store::{EmailFrom, NewEmail, StoreError, Tx};
use compose::Composer;

pub use referrals::tell_referrals;
pub use reminders::tell_reminders;

/// The letters of a county on one day.
struct Post<'a> {
    configuration: &'a Configuration,
    county: &'a County,
    now: DateTime<Utc>,
    today: NaiveDate,
    /// Whether somebody is at work there now.
    is_working_time: bool,
}

impl<'a> Post<'a> {
    fn new(configuration: &'a Configuration, county: &'a County, now: DateTime<Utc>) -> Self {
        let calendar = configuration.calendars.of(&county.id);
        Self {
            configuration,
            county,
            now,
            today: now.with_timezone(&county.zone).date_naive(),
            is_working_time: calendar.is_working_time(now, county.zone),
        }
    }

    fn composer(&self) -> Composer<'_> {
        Composer {
            configuration: self.configuration,
            county: self.county,
            now: self.now,
        }
    }

    /// Puts a letter into the outbox.
    fn send(
        &self,
        tx: &mut Tx<'_>,
        key: &str,
        purpose: &str,
        to: To<'_>,
        letter: Letter,
    ) -> Result<(), StoreError> {
        let convener = self.configuration.rules.organisation(&self.county.convener);
        let from_convener = convener.map(|convener| EmailFrom {
            name: &convener.name,
            address: &convener.email,
        });
        let (organisation, address, from) = match to {
            To::Organisation(organisation) => (
                Some(&organisation.id),
                organisation.email.as_str(),
                from_convener,
            ),
            To::Privately(organisation) => {
                (Some(&organisation.id), organisation.email.as_str(), None)
            }
            To::Committee(address) => (None, address, from_convener),
        };
        let email = NewEmail {
            key,
            purpose,
            organisation,
            to: address,
            from,
            reply_to: None,
            subject: &letter.subject,
            plain: &letter.plain,
            html: letter.html.as_deref(),
            follows: None,
            due_at: tx.now,
        };
        tx.add_email(&email).map(|_| ())
    }
}

/// Whom a letter goes to.
enum To<'a> {
    /// An organisation, from the convener.
    Organisation(&'a Organisation),
    /// An organisation, from the service's own address: the convener itself, and who has what accuses it.
    Privately(&'a Organisation),
    /// The steering committee's address, from the convener.
    Committee(&'a str),
}
