//! What is called how in the figures, in the reader's language.

use super::read::{IN_TIME, MEDIAN};
use crate::complaint::{AgeGroup, Channel, Gender, OrganisationId, PlaceId, SectorId, Status};
use crate::configuration::Configuration;
use crate::intake::places::Places;
use crate::pages::table::Wording;
use crate::public::words::{Language, Words};
use crate::reports::chart::Shades;
use crate::reports::{Dimension, Measure, Period, Value};

/// Labels for one reader.
pub(super) struct Labels<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) language: &'a Language,
}

impl Labels<'_> {
    /// A number of complaints.
    pub(super) fn count(&self, count: u64) -> String {
        self.language.common.count(count)
    }

    /// A span of days, as people say it.
    pub(super) fn days(&self, days: f64) -> String {
        let w = &self.language.figures;
        if days < 0.5 {
            return w.less_than_a_day();
        }
        w.days(whole(days))
    }

    /// A part of 1, in a hundred.
    pub(super) fn percent(&self, part: f64) -> String {
        self.language
            .figures
            .percent(format!("{:.0}", part * 100.0))
    }

    /// A month.
    pub(super) fn month(&self, month: &Period) -> String {
        self.language.month(month)
    }

    fn outcome(&self, outcome: &str) -> Option<String> {
        let w = &self.language.figures;
        Some(match outcome {
            "confirmed" => w.confirmed(),
            "unconfirmed" => w.unconfirmed(),
            "not_solved" => w.not_solved(),
            "withdrawn" => w.withdrawn(),
            _ => return None,
        })
    }

    fn channel(&self, channel: Channel) -> String {
        let w = &self.language.figures;
        match channel {
            Channel::Sms => w.sms(),
            Channel::Web => w.web(),
            Channel::WalkIn => w.walk_in(),
            Channel::Paper => w.paper(),
            Channel::Import => w.import(),
        }
    }

    fn gender(&self, gender: Gender) -> String {
        let w = &self.language.figures;
        match gender {
            Gender::Woman => w.women(),
            Gender::Man => w.men(),
            Gender::Other => w.other_gender(),
        }
    }
}

/// The nearest whole number of days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of days, not negative"
)]
pub(super) fn whole(days: f64) -> u64 {
    days.round().max(0.0) as u64
}

fn age_group(w: &Words, group: AgeGroup) -> String {
    match group {
        AgeGroup::Under18 => w.under_18(),
        AgeGroup::From18 => w.aged_18(),
        AgeGroup::From35 => w.aged_35(),
        AgeGroup::From60 => w.aged_60(),
    }
}

impl Wording for Labels<'_> {
    fn name(&self, dimension: Dimension, key: Option<&str>) -> String {
        let (w, figures) = (&self.language.words, &self.language.figures);
        let Some(key) = key else {
            return match dimension {
                Dimension::Outcome => figures.not_closed(),
                _ => figures.not_given(),
            };
        };
        let rules = &self.configuration.rules;
        let known = match dimension {
            Dimension::Gender => Gender::from_word(key).map(|one| self.gender(one)),
            Dimension::AgeGroup => AgeGroup::from_word(key).map(|one| age_group(w, one)),
            Dimension::Channel => Channel::from_word(key).map(|one| self.channel(one)),
            Dimension::Status => Status::from_word(key).map(|one| w.of_status(one)),
            Dimension::Outcome => self.outcome(key),
            Dimension::Kind => Some(self.language.common.kind(key)),
            Dimension::Sector => rules
                .sector(&SectorId::new(key))
                .map(|sector| sector.name_in(&self.language.id).to_owned()),
            Dimension::SubCounty => {
                let name = self.configuration.places.name(&PlaceId::new(key));
                name.map(str::to_owned)
            }
            Dimension::Organisation => rules
                .organisation(&OrganisationId::new(key))
                .map(|one| one.name.clone()),
            _ => None,
        };
        known.unwrap_or_else(|| key.to_owned())
    }

    fn dimension(&self, dimension: Dimension) -> String {
        let w = &self.language.figures;
        match dimension {
            Dimension::Sector => w.sector(),
            Dimension::Kind => w.kind(),
            Dimension::SubCounty => w.sub_county(),
            Dimension::Gender => w.gender(),
            Dimension::AgeGroup => w.age_group(),
            Dimension::Channel => w.channel(),
            Dimension::Organisation => w.organisation(),
            Dimension::Status => w.status(),
            Dimension::Outcome => w.outcome(),
            other => other.as_str().to_owned(),
        }
    }

    fn measure(&self, measure: Measure) -> String {
        let w = &self.language.figures;
        match measure {
            Measure::Complaints => w.complaints(),
            Measure::Open => w.open(),
            Measure::Confirmed => w.confirmed(),
            IN_TIME => w.in_time(),
            MEDIAN => w.median(),
            other => other.word(),
        }
    }

    fn value(&self, value: Value) -> String {
        let w = &self.language.figures;
        match value {
            Value::Count(count) => self.count(count),
            Value::Days(days) | Value::Rate(days) => self.language.common.with_one_digit(days),
            Value::Hidden => w.hidden(),
            value => value
                .number()
                .map_or_else(|| w.nothing(), |part| self.percent(part)),
        }
    }

    fn all(&self) -> String {
        self.language.figures.all()
    }

    fn more(&self, count: u64) -> String {
        self.language.figures.more(self.count(count))
    }

    fn shades(&self, _: Shades) -> String {
        self.language.figures.shades()
    }

    fn is_from_the_right(&self) -> bool {
        self.language.direction == "rtl"
    }

    fn places(&self) -> &Places {
        &self.configuration.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::words::Languages;

    #[test]
    fn days_are_told_in_whole_ones() {
        let configuration = Configuration::sample(std::path::Path::new("."), &[]).unwrap();
        let languages = Languages::load().unwrap();
        let labels = Labels {
            configuration: &configuration,
            language: languages.choose(None, "en", None).unwrap(),
        };
        let told = [0.2, 0.6, 1.2, 4.5, 12.3].map(|days| labels.days(days));
        assert_eq!(
            told,
            ["less than a day", "1 day", "1 day", "5 days", "12 days"]
        );
    }
}
