//! Emails that facts owe: to organisations, to the convener, to the steering committee.
//!
//! Each is drafted from what a reader sees, and told in a short transaction that sees whether that is still so.

mod compose;
mod draft;
mod due_today;
mod figures;
mod monthly;
mod referrals;
mod reminders;

use chrono::{DateTime, NaiveDate, Utc};

use crate::complaint::{County, Notices, Organisation};
use crate::configuration::Configuration;
use crate::letters::Letter;
use crate::store::Mark;
use compose::Composer;
use draft::Addressed;

pub use draft::{Draft, ToTell, tell};
pub use due_today::{Due, DueLetter, DueRow, due_today};
pub use monthly::monthly_to_tell;
pub use referrals::referrals_to_tell;
pub use reminders::reminders_to_tell;

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

    /// What owes an organisation its letter of the morning.
    fn key_of_digest(&self, to: &Organisation) -> String {
        format!("reminders:{}:{}:{}", self.county.id, to.id, self.today)
    }

    /// What owes the convener its own.
    fn key_of_word(&self) -> String {
        format!("word:{}:{}", self.county.id, self.today)
    }

    /// What owes an organisation the next notice of what was referred to it.
    fn key_of_notice(&self, to: &Organisation, notices: Notices) -> String {
        let there = self.now.with_timezone(&self.county.zone);
        let turn = match notices {
            Notices::Each => there.format("%Y-%m-%dT%H:%M"),
            Notices::Hourly => there.format("%Y-%m-%dT%H"),
            Notices::Daily => there.format("%Y-%m-%d"),
        };
        format!("referrals:{}:{}:{turn}", self.county.id, to.id)
    }

    fn composer(&self) -> Composer<'_> {
        Composer {
            configuration: self.configuration,
            county: self.county,
            now: self.now,
        }
    }

    /// Letters that tell on from a mark.
    fn draft(&self, letters: Vec<Addressed>, mark: Mark, up_to: i64) -> Draft {
        Draft::new(letters, &self.county.convener, mark, up_to)
    }

    /// A letter with its address.
    fn addressed(
        &self,
        key: String,
        purpose: &'static str,
        to: To<'_>,
        letter: Letter,
    ) -> Addressed {
        let convener = self.configuration.rules.organisation(&self.county.convener);
        let (organisation, address, is_from_convener) = match to {
            To::Organisation(organisation) => {
                (Some(organisation), organisation.email.as_str(), true)
            }
            To::Privately(organisation) => (Some(organisation), organisation.email.as_str(), false),
            To::Committee(address) => (None, address, true),
        };
        let from = convener.filter(|_| is_from_convener);
        Addressed {
            key,
            purpose,
            organisation: organisation.map(|organisation| organisation.id.clone()),
            address: address.to_owned(),
            from: from.map(|convener| (convener.name.clone(), convener.email.clone())),
            letter,
        }
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
