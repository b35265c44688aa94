//! What is called how in a table of figures, in the reader's language.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::complaint::{
    AgeGroup, Channel, CountyId, Gender, LanguageId, OrganisationId, PlaceId, SectorId, Status,
};
use crate::console::finding::Said;
use crate::console::names::{self, Names};
use crate::reports::chart::{Shades, Way};
use crate::reports::{
    Days, Dimension, Finding, Measure, Period, Publication, Question, Stage, Statistic, Value,
};

/// Labels for one reader.
pub(super) struct Labels<'a> {
    pub(super) names: &'a Names<'a>,
}

impl Labels<'_> {
    /// A row or a column; the key `None`: it is not given.
    pub(super) fn name(&self, dimension: Dimension, key: Option<&str>) -> String {
        let words = &self.names.language.words;
        let Some(key) = key else {
            return match dimension {
                // What is open has no outcome.
                Dimension::Outcome => words.report.still_open(),
                _ => words.report.not_given(),
            };
        };
        let known = match dimension {
            Dimension::Gender => Gender::from_word(key).map(|one| names::gender(words, one)),
            Dimension::AgeGroup => AgeGroup::from_word(key).map(|one| names::age_group(words, one)),
            Dimension::Channel => Channel::from_word(key).map(|one| names::channel(words, one)),
            Dimension::Status => Status::from_word(key).map(|one| names::status(words, one)),
            Dimension::Outcome => Some(names::closed_as(words, key)),
            Dimension::Sector => Some(self.names.sector(&SectorId::new(key))),
            Dimension::Kind => Some(self.names.kind(key)),
            Dimension::County => Some(self.names.county(&CountyId::new(key))),
            Dimension::SubCounty | Dimension::Ward => Some(self.names.place(&PlaceId::new(key))),
            Dimension::Organisation => Some(self.names.organisation(&OrganisationId::new(key))),
            Dimension::Language => Some(self.names.text_language(&LanguageId::new(key))),
            Dimension::Month | Dimension::Quarter => {
                Period::from_word(key).map(|span| self.span(&span))
            }
            Dimension::Day => key.parse().ok().map(|day| self.day(day)),
            Dimension::Week => self.week(key),
        };
        known.unwrap_or_else(|| key.to_owned())
    }

    /// As of which day a month's figures are, where clocks show that zone's time.
    pub(super) fn as_of(&self, of: &Publication, zone: Tz) -> String {
        let w = &self.names.language.words.report;
        w.as_of(self.day(of.taken_at.with_timezone(&zone).date_naive()))
    }

    /// By what rows or columns are.
    pub(super) fn dimension(&self, dimension: Dimension) -> String {
        let w = &self.names.language.words.report;
        match dimension {
            Dimension::Gender => w.gender(),
            Dimension::AgeGroup => w.age_group(),
            Dimension::Sector => w.sector(),
            Dimension::Kind => w.kind(),
            Dimension::County => w.county(),
            Dimension::SubCounty => w.sub_county(),
            Dimension::Ward => w.ward(),
            Dimension::Channel => w.channel(),
            Dimension::Organisation => w.organisation(),
            Dimension::Status => w.status(),
            Dimension::Outcome => w.outcome(),
            Dimension::Language => w.language(),
            Dimension::Day => w.day(),
            Dimension::Week => w.week(),
            Dimension::Month => w.month(),
            Dimension::Quarter => w.quarter(),
        }
    }

    /// What is measured.
    pub(super) fn measure(&self, measure: Measure) -> String {
        let w = &self.names.language.words.report;
        match measure {
            Measure::Complaints => w.complaints(),
            Measure::Open => w.open(),
            Measure::Overdue => w.overdue(),
            Measure::Returned => w.returned(),
            Measure::Reopened => w.reopened(),
            Measure::Confirmed => w.confirmed(),
            Measure::Unconfirmed => w.unconfirmed(),
            Measure::NotSolved => w.not_solved(),
            Measure::PerInhabitants => w.per_inhabitants(),
            Measure::WomensShare => w.womens_share(),
            Measure::InTime(stage) => w.in_time(self.stage(stage)),
            Measure::Time(statistic, days, stage) => w.time(
                self.statistic(statistic),
                self.stage(stage),
                self.days(days),
            ),
            Measure::Held(statistic, days) => w.held(self.statistic(statistic), self.days(days)),
        }
    }

    /// What stands beside the figures of places, of those who live there.
    pub(super) fn living_there(&self, measure: Measure) -> String {
        match measure {
            Measure::WomensShare => self.names.language.words.report.women_living(),
            measure => self.measure(measure),
        }
    }

    /// Of how many: the median.
    pub(super) fn statistic(&self, statistic: Statistic) -> String {
        let w = &self.names.language.words.report;
        match statistic {
            Statistic::Median => w.median(),
            Statistic::P90 => w.p90(),
            Statistic::Mean => w.mean(),
        }
    }

    /// How far a complaint is to get.
    pub(super) fn stage(&self, stage: Stage) -> String {
        let w = &self.names.language.words.report;
        match stage {
            Stage::Refer => w.referred(),
            Stage::Accept => w.accepted(),
            Stage::Act => w.acted_on(),
            Stage::Resolve => w.resolved(),
            Stage::Confirm => w.confirmed_solved(),
        }
    }

    /// Which days count.
    pub(super) fn days(&self, days: Days) -> String {
        let w = &self.names.language.words.report;
        match days {
            Days::Calendar => w.calendar_days(),
            Days::Working => w.working_days(),
        }
    }

    /// A figure with its unit.
    pub(super) fn value(&self, value: Value) -> String {
        let w = &self.names.language.words.report;
        match value {
            Value::Count(count) => self.count(count),
            Value::Days(days) => w.days_value(self.decimal(days)),
            Value::Rate(rate) => self.decimal(rate),
            Value::Hidden => w.hidden(),
            value => match value.number() {
                Some(part) => w.percent(format!("{:.0}", part * 100.0)),
                None => w.nothing(),
            },
        }
    }

    /// `12,460`, as the language parts thousands.
    pub(super) fn count(&self, count: u64) -> String {
        self.names.language.common.count(count)
    }

    /// One digit behind the sign that the language parts them by, unless it is nought.
    fn decimal(&self, value: f64) -> String {
        self.names.language.common.with_one_digit(value)
    }

    /// A span of time: `Oct 2026`, `Quarter 4, 2026`, `2026`, `Nov 2025 to Oct 2026`, or its first and last day.
    pub(super) fn span(&self, period: &Period) -> String {
        let w = &self.names.language.words.report;
        let month_of = |day: NaiveDate| {
            let common = &self.names.language.common;
            common.month_of(self.month(day), day.year())
        };
        let from = period.from;
        match period.whole_months() {
            Some(1) => month_of(from),
            Some(3) if from.month0().is_multiple_of(3) => {
                w.quarter_of(from.month0() / 3 + 1, from.year())
            }
            Some(12) if from.month() == 1 => from.year().to_string(),
            Some(_) => w.first_to_last(month_of(from), month_of(period.last())),
            None => w.first_to_last(self.day(from), self.day(period.last())),
        }
    }

    fn month(&self, day: NaiveDate) -> String {
        let month = usize::try_from(day.month0()).unwrap_or_default();
        self.names
            .language
            .months
            .get(month)
            .cloned()
            .unwrap_or_default()
    }

    fn day(&self, day: NaiveDate) -> String {
        let w = &self.names.language.words.report;
        w.day_of(day.day(), self.month(day), day.year())
    }

    /// `2026-W41`, as the day that it begins.
    fn week(&self, key: &str) -> Option<String> {
        let (year, week) = key.split_once("-W")?;
        let monday = NaiveDate::from_isoywd_opt(
            year.parse().ok()?,
            week.parse().ok()?,
            chrono::Weekday::Mon,
        );
        Some(self.names.language.words.report.week_of(self.day(monday?)))
    }

    /// What the shades of a picture stand for.
    pub(super) fn shades(&self, shades: Shades) -> String {
        let w = &self.names.language.words.report;
        let measure = self.measure(shades.measure);
        match shades.way {
            Way::EachItsOwn => w.shades_own(measure),
            Way::Equal => w.shades_equal(measure),
            Way::AsMany => w.shades_as_many(measure),
        }
    }

    /// What an answer shows, in a sentence.
    pub(super) fn finding(&self, finding: &Finding, question: &Question) -> String {
        let said = Said {
            words: &self.names.language.words,
            name: &|dimension, key| self.name(dimension, key),
            dimension: &|dimension| self.dimension(dimension),
            measure: &|measure| self.measure(measure),
            value: &|value| self.value(value),
        };
        said.finding(finding, question)
    }
}
