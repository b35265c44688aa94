//! What a table of figures says, in a sentence of the reader's language: the title of a chart.

use super::words::Words;
use crate::complaint::{Channel, Gender};
use crate::reports::{
    By, Change, Dimension, Extreme, Finding, Key, Measure, Part, Question, Shape, Value,
};

/// What things are called in the sentence.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) words: &'a Words,
    /// A row or a column; the key `None`: it is not given.
    pub(super) name: &'a dyn Fn(Dimension, Option<&str>) -> String,
    /// What the rows are by.
    pub(super) dimension: &'a dyn Fn(Dimension) -> String,
    /// What is measured, where it is no count of complaints.
    pub(super) measure: &'a dyn Fn(Measure) -> String,
    /// A figure with its unit.
    pub(super) value: &'a dyn Fn(Value) -> String,
}

impl Said<'_> {
    /// The finding of that question's answer.
    pub(super) fn finding(&self, finding: &Finding, question: &Question) -> String {
        let w = &self.words.finding;
        let subject = self.subject(question);
        let change = self.change(finding.change, &subject, question.measure);
        let what = match &finding.shape {
            Shape::Nothing => return w.nothing(subject),
            Shape::Hidden => return w.hidden(subject),
            Shape::Few(count) => return w.few(*count, subject),
            Shape::All(value) => return self.figure(finding.change, change, subject, *value),
            // That something changed is enough.
            Shape::Even if change.is_some() => return change.unwrap_or_default(),
            Shape::Even => self.even(question),
            shape => self.shape(shape),
        };
        match change {
            Some(change) => w.both(change, what),
            None => w.alone(subject, what),
        }
    }

    /// What was counted, of which complaints.
    fn subject(&self, question: &Question) -> String {
        let w = &self.words.finding;
        let filters: Vec<(Dimension, String)> = question
            .filters()
            .iter()
            .map(|(dimension, key)| (*dimension, (self.name)(*dimension, key.as_deref())))
            .collect();
        let subject = match question.measure {
            Measure::Complaints => {
                if let [(Dimension::Sector, name)] = filters.as_slice() {
                    return w.complaints_of(name);
                }
                w.complaints()
            }
            Measure::Open => w.open(),
            Measure::Overdue => w.overdue(),
            Measure::Returned => w.returned(),
            Measure::Reopened => w.reopened(),
            Measure::Confirmed => w.confirmed(),
            Measure::Unconfirmed => w.unconfirmed(),
            Measure::NotSolved => w.not_solved(),
            other => (self.measure)(other),
        };
        if filters.is_empty() {
            return subject;
        }
        let names: Vec<String> = filters.into_iter().map(|(_, name)| name).collect();
        w.with(subject, names.join(&self.words.signs.comma()))
    }

    fn change(&self, change: Change, subject: &str, measure: Measure) -> Option<String> {
        let w = &self.words.finding;
        let counts = measure.is_count();
        Some(match change {
            Change::Unknown => return None,
            Change::Same => w.same(subject),
            Change::Rose(By::Times(times)) if counts => w.rose_times(times, subject),
            Change::Rose(By::Times(times)) | Change::Fell(By::Times(times)) => {
                w.higher_times(times, subject)
            }
            Change::Rose(By::Points(points)) => w.higher_points(points, subject),
            Change::Fell(By::Points(points)) => w.lower_points(points, subject),
            Change::Fell(By::Part(Part::All | Part::NearlyAll)) if counts => w.nearly_none(subject),
            Change::Rose(By::Part(part)) if counts => w.rose(subject, self.by(part)),
            Change::Rose(By::Part(part)) => w.higher(subject, self.by(part)),
            Change::Fell(By::Part(part)) if counts => w.fell(subject, self.by(part)),
            Change::Fell(By::Part(part)) => w.lower(subject, self.by(part)),
        })
    }

    /// One figure, with what became of it.
    fn figure(
        &self,
        change: Change,
        said: Option<String>,
        subject: String,
        value: Value,
    ) -> String {
        let w = &self.words.finding;
        let value = (self.value)(value);
        match (said, change) {
            (None, _) => w.alone(subject, value),
            (
                Some(said),
                Change::Same
                | Change::Rose(By::Times(_))
                | Change::Fell(By::Part(Part::All | Part::NearlyAll)),
            ) => w.at(said, value),
            (Some(said), _) => w.to(said, value),
        }
    }

    fn shape(&self, shape: &Shape) -> String {
        let w = &self.words.finding;
        match shape {
            Shape::Leads {
                dimension,
                key,
                part,
                still,
            } => self.most(*dimension, self.told(*dimension, key), *part, *still),
            Shape::Two {
                dimension,
                keys: [one, other],
                part,
            } => {
                let [one, other] = [one, other].map(|key| self.told(*dimension, key));
                match dimension {
                    Dimension::Gender => w.as_many(one, other),
                    _ => self.most(*dimension, w.either(one, other), *part, false),
                }
            }
            Shape::NotGiven { dimension, part } => self.not_given(*dimension, *part),
            Shape::Highest(extreme) => {
                let (name, value, all) = self.extreme(extreme);
                match extreme.value {
                    Value::Days(_) => w.longest(name, value, all),
                    _ => w.highest(name, value, all),
                }
            }
            Shape::Lowest(extreme) => {
                let (name, value, all) = self.extreme(extreme);
                w.lowest(name, value, all)
            }
            Shape::Peak {
                dimension,
                key,
                value,
            } => {
                let (name, figure) = (self.named(*dimension, key), (self.value)(*value));
                match value {
                    Value::Count(_) => w.peak(name, figure),
                    _ => w.peak_of(name, figure),
                }
            }
            Shape::Nothing | Shape::Few(_) | Shape::All(_) | Shape::Hidden | Shape::Even => {
                w.even()
            }
        }
    }

    /// That nothing stands out among what is compared.
    fn even(&self, question: &Question) -> String {
        let w = &self.words.finding;
        match question.compared() {
            Some(Dimension::County | Dimension::SubCounty | Dimension::Ward) => w.no_place_more(),
            Some(Dimension::Sector) => w.no_sector_more(),
            Some(Dimension::Organisation) => w.no_holder_more(),
            Some(by) if by.is_time() && question.measure.is_count() => w.no_time_more(),
            _ => w.even(),
        }
    }

    /// What most are, as people say it of where, what, who or how.
    fn most(&self, dimension: Dimension, name: String, part: Part, still: bool) -> String {
        let w = &self.words.finding;
        let part = self.part(part);
        match (dimension, still) {
            (Dimension::County | Dimension::SubCounty | Dimension::Ward, false) => {
                w.place(part, name)
            }
            (Dimension::County | Dimension::SubCounty | Dimension::Ward, true) => {
                w.place_still(part, name)
            }
            (Dimension::Sector, false) => w.topic(part, name),
            (Dimension::Sector, true) => w.topic_still(part, name),
            (Dimension::Organisation, false) => w.holder(part, name),
            (Dimension::Organisation, true) => w.holder_still(part, name),
            (Dimension::Kind, _) => w.of_kind(part, name),
            (Dimension::Gender, _) => w.person(part, name),
            (Dimension::AgeGroup, _) => w.aged(part, name),
            (Dimension::Channel, _) => w.came(part, name),
            (Dimension::Language, _) => w.written(part, name),
            _ => w.stand(part, name),
        }
    }

    /// Of what most say nothing.
    fn not_given(&self, dimension: Dimension, part: Part) -> String {
        let w = &self.words.finding;
        let part = self.part(part);
        match dimension {
            Dimension::Gender => w.no_gender(part),
            Dimension::AgeGroup => w.no_age(part),
            Dimension::County | Dimension::SubCounty | Dimension::Ward => w.no_place(part),
            Dimension::Sector | Dimension::Kind => w.no_topic(part),
            Dimension::Outcome => w.not_closed(part),
            _ => w.not_given((self.dimension)(dimension), part),
        }
    }

    /// A row, as it is called within a sentence.
    fn told(&self, dimension: Dimension, key: &Key) -> String {
        let w = &self.words.finding;
        let word = key.as_deref().unwrap_or_default();
        let known = match dimension {
            Dimension::Gender => Gender::from_word(word).map(|gender| match gender {
                Gender::Woman => w.women(),
                Gender::Man => w.men(),
                Gender::Other => w.others(),
            }),
            Dimension::Channel => Channel::from_word(word).map(|channel| match channel {
                Channel::Sms => w.by_sms(),
                Channel::Web => w.by_web(),
                Channel::WalkIn => w.by_desk(),
                Channel::Paper => w.by_paper(),
                Channel::Import => w.by_file(),
            }),
            Dimension::Kind | Dimension::Status | Dimension::Outcome => {
                Some(w.quoted(self.named(dimension, key)))
            }
            _ => None,
        };
        known.unwrap_or_else(|| self.named(dimension, key))
    }

    fn extreme(&self, extreme: &Extreme) -> (String, String, String) {
        (
            self.named(extreme.dimension, &extreme.key),
            (self.value)(extreme.value),
            (self.value)(extreme.all),
        )
    }

    fn named(&self, dimension: Dimension, key: &Key) -> String {
        (self.name)(dimension, key.as_deref())
    }

    /// A part of all, as what somebody says something of.
    fn part(&self, part: Part) -> String {
        let w = &self.words.finding;
        match part {
            Part::All => w.all(),
            Part::NearlyAll => w.nearly_all(),
            Part::ThreeQuarters => w.three_quarters(),
            Part::TwoThirds => w.two_thirds(),
            Part::Half => w.half(),
            Part::Third => w.third(),
            Part::Quarter => w.quarter(),
            Part::Fifth => w.fifth(),
            Part::Tenth => w.tenth(),
            Part::Percent(percent) => w.percent(percent),
        }
    }

    /// A part by which something rose or fell.
    fn by(&self, part: Part) -> String {
        let w = &self.words.finding;
        match part {
            Part::ThreeQuarters => w.by_three_quarters(),
            Part::TwoThirds => w.by_two_thirds(),
            Part::Half => w.by_half(),
            Part::Third => w.by_third(),
            Part::Quarter => w.by_quarter(),
            Part::Fifth => w.by_fifth(),
            Part::Tenth => w.by_tenth(),
            Part::Percent(percent) => w.by_percent(percent),
            Part::All | Part::NearlyAll => w.by_nearly_all(),
        }
    }
}

#[cfg(test)]
mod tests;
