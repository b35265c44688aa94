//! The demo's year: month after month people complain of what they do complain of, and most of it is mended. The same each time.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::actions::deed::DeedForm;
use crate::actions::lodge_complaint::Lodging;
use crate::complaint::{AgeGroup, Channel, County, Gender};
use crate::configuration::Configuration;
use crate::intake::places::{Level, Place};
use crate::people::Deed;
use crate::text::normalise::Normalised;

use super::past::{Step, What};
use super::people::works_for;

/// What is complained of: of so many complaints, what the words say, and how long it takes in days, mostly.
const MATTERS: &str = include_str!("year.txt");
/// So many complaints, over so many days, up to so many days ago: what came after is told more closely.
const COMPLAINTS: u32 = 720;
const DAYS: i64 = 400;
const DAYS_AGO: i64 = 26;
const HOUR: i64 = 3600;
/// What complainants are told.
const LOOKED: &str = "We have looked at it and know what is needed.";
const DONE: &str = "It is done.";
const DONE_AGAIN: &str = "We went again, and it works now.";

/// A line of [`MATTERS`].
struct Matter {
    often: u32,
    days: u32,
    words: &'static str,
}

/// All that happened.
pub(super) fn steps(
    configuration: &Arc<Configuration>,
    county: &County,
    now: DateTime<Utc>,
) -> Vec<Step> {
    let mut rng = StdRng::seed_from_u64(2026);
    let matters: Vec<Matter> = MATTERS.lines().filter_map(matter).collect();
    let wards: Vec<&Place> = configuration
        .places
        .iter()
        .filter(|place| place.level == Level::Ward)
        .collect();
    let mut steps = Vec::new();
    for number in 0..COMPLAINTS {
        let ago = TimeDelta::days(DAYS_AGO + rng.random_range(0..DAYS));
        let at = now - ago + TimeDelta::seconds(rng.random_range(0..9 * HOUR));
        let (Some(matter), Some(ward)) = (often(&mut rng, &matters), one_of(&mut rng, &wards))
        else {
            break;
        };
        let words = matter.words.replace("{place}", &ward.name);
        let story = Story {
            configuration,
            county,
            complaint: format!("year-{number}"),
            at,
            rng: StdRng::seed_from_u64(rng.random()),
        };
        steps.extend(story.tell(&words, matter.days));
    }
    steps.retain(|step| step.at < now);
    steps
}

/// `12 9 The borehole in {place} is broken`
fn matter(line: &'static str) -> Option<Matter> {
    let (often, rest) = line.split_once(' ')?;
    let (days, words) = rest.split_once(' ')?;
    Some(Matter {
        often: often.parse().ok()?,
        days: days.parse().ok()?,
        words,
    })
}

fn often<'m>(rng: &mut StdRng, matters: &'m [Matter]) -> Option<&'m Matter> {
    let all: u32 = matters.iter().map(|matter| matter.often).sum();
    let mut at = rng.random_range(0..all.max(1));
    matters.iter().find(|matter| {
        let is_it = at < matter.often;
        at = at.saturating_sub(matter.often);
        is_it
    })
}

/// The first come up more often than the last.
fn one_of<T: Copy>(rng: &mut StdRng, all: &[T]) -> Option<T> {
    let [one, other] = [(); 2].map(|()| rng.random_range(0..all.len().max(1)));
    all.get(one.min(other)).copied()
}

/// A complaint, and what becomes of it.
struct Story<'a> {
    configuration: &'a Arc<Configuration>,
    county: &'a County,
    complaint: String,
    /// When the next thing happens.
    at: DateTime<Utc>,
    rng: StdRng,
}

impl Story<'_> {
    fn tell(mut self, words: &str, days: u32) -> Vec<Step> {
        let words_read = Normalised::new(words);
        let (decision, _) = self.configuration.decide(&words_read, self.county);
        let Some(who) = works_for(decision.to.as_str()) else {
            return Vec::new();
        };
        let mut steps = vec![self.comes(words)];
        self.wait(2);
        if self.chance(3) {
            steps.push(self.does(who, Deed::NotAComplaint, None));
            return steps;
        }
        steps.push(self.does(who, Deed::Accept, None));
        self.wait(days / 3 + 1);
        steps.push(self.does(who, Deed::Update, Some(LOOKED)));
        self.wait(days);
        steps.push(self.does(who, Deed::Resolve, Some(DONE)));
        self.at += TimeDelta::seconds(self.rng.random_range(HOUR..40 * HOUR));
        if self.chance(12) {
            steps.push(self.step(What::Texts("3".to_owned())));
            self.wait(days);
            steps.push(self.does(who, Deed::Resolve, Some(DONE_AGAIN)));
            self.at += TimeDelta::hours(5);
        }
        if self.chance(60) {
            steps.push(self.step(What::Texts("1".to_owned())));
        }
        steps
    }

    fn does(&self, who: &str, deed: Deed, words: Option<&str>) -> Step {
        let form = DeedForm {
            words: words.map(str::to_owned),
            to: None,
            language: None,
        };
        self.step(What::Does(who.to_owned(), deed, form))
    }

    /// Half of them text, the others come by other ways, where they are asked who they are.
    fn comes(&mut self, words: &str) -> Step {
        if self.chance(50) {
            return self.step(What::Texts(words.to_owned()));
        }
        let channels = [Channel::WalkIn, Channel::Web, Channel::Paper];
        let gender = if self.chance(58) {
            Gender::Woman
        } else {
            Gender::Man
        };
        let given = self.chance(85);
        let lodging = Lodging {
            key: self.complaint.clone(),
            channel: one_of(&mut self.rng, &channels).unwrap_or(Channel::Web),
            county: self.county.id.clone(),
            words: words.to_owned(),
            phone: None,
            language: None,
            place: None,
            sector: None,
            gender: given.then_some(gender),
            age_group: one_of(&mut self.rng, &AgeGroup::ALL).filter(|_| given),
            name: None,
            brought_by: None,
            taken_by: None,
            told_at: None,
            receipt: true,
            imported: None,
        };
        self.step(What::Lodges(Box::new(lodging)))
    }

    fn step(&self, what: What) -> Step {
        Step {
            at: self.at,
            complaint: self.complaint.clone(),
            what,
        }
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// Some days go by: mostly few, seldom twice as many as usual.
    fn wait(&mut self, days: u32) {
        let usual = i64::from(days.max(1)) * 24 * HOUR;
        let most = self.rng.random_range(HOUR..2 * usual);
        self.at += TimeDelta::seconds(self.rng.random_range(HOUR..most.max(2 * HOUR)));
    }
}
