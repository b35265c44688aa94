//! Which row a complaint belongs to.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use rustc_hash::FxHashMap;

use super::period::key;
use super::privacy::Archive;
use super::{Code, Codes, Dimension, Fact, Period, Pieces};
use crate::complaint::{CountyId, PlaceId};
use crate::deadlines::{Calendars, LocalDays, WorkingDays};
use crate::intake::places::{Level, Places};

/// What figures are counted by besides the complaints themselves.
#[derive(Clone, Debug)]
pub struct Ground<'a> {
    /// The gazetteer.
    pub places: &'a Places,
    /// The counties that are counted, each with its zone.
    pub counties: Vec<(CountyId, Tz)>,
    /// Which days are worked.
    pub calendars: &'a Calendars,
    /// Up to when.
    pub now: DateTime<Utc>,
    /// What outsiders were told before, by how many lived where, and which days were worked.
    pub archive: &'a Archive,
    /// What was counted before, of these places and calendars.
    pub pieces: &'a Pieces,
}

impl Ground<'_> {
    /// The sub-county and the ward that a place lies in, or is, by the gazetteer.
    pub fn within(&self, place: &PlaceId) -> [Option<PlaceId>; 2] {
        let line = self.places.ancestry(place);
        let level_of = |id: &PlaceId| {
            let mut all = self.places.iter();
            all.find(|place| place.id == *id).map(|place| place.level)
        };
        [Level::SubCounty, Level::Ward].map(|level| {
            let mut line = line.iter();
            line.find(|id| level_of(id) == Some(level)).cloned()
        })
    }
}

/// Finds the rows, and remembers them.
pub(super) struct Keys<'a> {
    pub(super) ground: Ground<'a>,
    period: Period,
    counties: FxHashMap<Code, OfCounty<'a>>,
    /// The sub-county and the ward of a place.
    of_place: FxHashMap<Code, [Option<Code>; 2]>,
    /// The word of a span of time, by its dimension and a day of it.
    of_day: FxHashMap<(Dimension, i32), Code>,
}

struct OfCounty<'a> {
    days: LocalDays,
    /// From when to before when the period is there.
    bounds: (i64, i64),
    working_days: WorkingDays<'a>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(ground: Ground<'a>, period: Period, codes: &mut Codes) -> Self {
        let of_county = |(county, zone): &(CountyId, Tz)| {
            let days = LocalDays::of(*zone);
            let of_county = OfCounty {
                bounds: period.in_zone(*zone),
                working_days: ground.calendars.of(county).working_days(days.clone()),
                days,
            };
            (codes.code(county.as_str()), of_county)
        };
        Self {
            counties: ground.counties.iter().map(of_county).collect(),
            ground,
            period,
            of_place: FxHashMap::default(),
            of_day: FxHashMap::default(),
        }
    }

    /// Whether it was lodged in the period, in a county that is counted.
    pub(super) fn is_in_period(&self, fact: &Fact) -> bool {
        self.counties
            .get(&fact.county)
            .is_some_and(|county| (county.bounds.0..county.bounds.1).contains(&fact.opened_at))
    }

    /// How many working days there are after the day of the one, up to and with that of the other.
    pub(super) fn working_days(&self, fact: &Fact, from: i64, to: i64) -> i64 {
        let county = self.counties.get(&fact.county);
        county.map_or(0, |county| county.working_days.between(from, to).into())
    }

    /// What it has of that; `None`: nothing that is known.
    pub(super) fn key(
        &mut self,
        dimension: Dimension,
        fact: &Fact,
        codes: &mut Codes,
    ) -> Option<Code> {
        match dimension {
            Dimension::Gender => fact.gender,
            Dimension::AgeGroup => fact.age_group,
            Dimension::Sector => fact.sector,
            Dimension::Kind => fact.kind,
            Dimension::County => Some(fact.county),
            Dimension::SubCounty => self.within(fact, codes)[0],
            Dimension::Ward => self.within(fact, codes)[1],
            Dimension::Channel => Some(fact.channel),
            Dimension::Organisation => Some(fact.holder),
            Dimension::Status => Some(fact.status),
            Dimension::Outcome => fact.closed_as,
            Dimension::Language => Some(fact.language),
            Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Quarter => {
                Some(self.span(dimension, fact, codes))
            }
        }
    }

    /// All words that the dimension shows, whether somebody has them or not.
    pub(super) fn always(&self, dimension: Dimension) -> Vec<String> {
        let own = dimension.order();
        let own = own.into_iter().map(str::to_owned);
        own.chain(self.period.keys(dimension)).collect()
    }

    fn within(&mut self, fact: &Fact, codes: &mut Codes) -> [Option<Code>; 2] {
        if let Some(as_published) = fact.within {
            return as_published;
        }
        let Some(place) = fact.place else {
            return [None; 2];
        };
        let ground = &self.ground;
        *self.of_place.entry(place).or_insert_with(|| {
            let within = ground.within(&PlaceId::new(codes.word(place)));
            within.map(|id| id.map(|id| codes.code(id.as_str())))
        })
    }

    /// The day that a moment lies in, in a county.
    pub(super) fn day(&self, county: Code, ms: i64) -> NaiveDate {
        let county = self.counties.get(&county);
        county.map_or_else(
            || LocalDays::of(Tz::UTC).day(ms),
            |county| county.days.day(ms),
        )
    }

    fn span(&mut self, dimension: Dimension, fact: &Fact, codes: &mut Codes) -> Code {
        let day = self.day(fact.county, fact.opened_at);
        let known = self.of_day.entry((dimension, day.num_days_from_ce()));
        *known.or_insert_with(|| codes.code(&key(dimension, day)))
    }
}
