//! What a table of figures says, in a sentence of the reader's language: the title of a chart.

use super::words::Words;
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
            Shape::All(value) => (self.value)(*value),
            // That something changed is enough.
            Shape::Even if change.is_some() => return change.unwrap_or_default(),
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
            Change::Rose(By::Times(times)) => w.higher_times(times, subject),
            Change::Rose(By::Points(points)) => w.higher_points(points, subject),
            Change::Fell(By::Points(points)) => w.lower_points(points, subject),
            Change::Fell(By::Times(_) | By::Part(Part::All | Part::NearlyAll)) => {
                w.nearly_none(subject)
            }
            Change::Rose(By::Part(part)) if counts => w.rose(subject, self.by(part)),
            Change::Rose(By::Part(part)) => w.higher(subject, self.by(part)),
            Change::Fell(By::Part(part)) if counts => w.fell(subject, self.by(part)),
            Change::Fell(By::Part(part)) => w.lower(subject, self.by(part)),
        })
    }

    fn shape(&self, shape: &Shape) -> String {
        let w = &self.words.finding;
        match shape {
            Shape::Leads {
                dimension,
                key,
                part,
                still,
            } => self.leads(*dimension, key, *part, *still),
            Shape::Two {
                dimension,
                keys: [one, other],
                part,
            } => {
                let [one, other] = [one, other].map(|key| self.named(*dimension, key));
                w.two(self.part(*part), one, other)
            }
            Shape::NotGiven { dimension, part } => {
                w.not_given((self.dimension)(*dimension), self.part(*part))
            }
            Shape::Highest(extreme) => {
                let (name, value, all) = self.extreme(extreme);
                w.highest(name, value, all)
            }
            Shape::Lowest(extreme) => {
                let (name, value, all) = self.extreme(extreme);
                w.lowest(name, value, all)
            }
            Shape::Peak {
                dimension,
                key,
                value,
            } => w.peak(self.named(*dimension, key), (self.value)(*value)),
            Shape::All(value) => (self.value)(*value),
            Shape::Nothing | Shape::Few(_) | Shape::Hidden | Shape::Even => w.even(),
        }
    }

    fn leads(&self, dimension: Dimension, key: &Key, part: Part, still: bool) -> String {
        let w = &self.words.finding;
        let (part, name) = (self.part(part), self.named(dimension, key));
        match (dimension, still) {
            (Dimension::County | Dimension::SubCounty | Dimension::Ward, false) => {
                w.place(part, name)
            }
            (Dimension::County | Dimension::SubCounty | Dimension::Ward, true) => {
                w.place_still(part, name)
            }
            (Dimension::Sector | Dimension::Kind, false) => w.topic(part, name),
            (Dimension::Sector | Dimension::Kind, true) => w.topic_still(part, name),
            (Dimension::Organisation, false) => w.holder(part, name),
            (Dimension::Organisation, true) => w.holder_still(part, name),
            (_, false) => w.lead(part, name),
            (_, true) => w.lead_still(part, name),
        }
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
            Part::All | Part::NearlyAll => w.by_percent(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::words::Languages;
    use crate::reports::Period;

    /// What is said of complaints on water by sub-county, without the marks of direction.
    fn said(language: &str, measure: Measure, finding: &Finding) -> String {
        let languages = Languages::load().unwrap();
        let period = Period::from_word("2026-10").unwrap();
        let question = Question::new(&[Dimension::SubCounty], measure, period).unwrap();
        let question = match measure {
            Measure::Complaints => question.only(Dimension::Sector, Some("Water")),
            _ => question,
        };
        let said = Said {
            words: &languages.choose(None, language).unwrap().words,
            name: &|_, key| key.unwrap_or("not given").to_owned(),
            dimension: &|_| "Sub-county".to_owned(),
            measure: &|_| "Days to resolve".to_owned(),
            value: &|value| format!("{:.0}", value.number().unwrap()),
        };
        let marks = ['\u{200f}', '\u{2068}', '\u{2069}'];
        said.finding(finding, &question).replace(marks, "")
    }

    fn leads(still: bool) -> Shape {
        Shape::Leads {
            dimension: Dimension::SubCounty,
            key: Some("Wajir South".into()),
            part: Part::Half,
            still,
        }
    }

    #[test]
    fn the_title_says_what_fell_and_where_most_still_are() {
        let finding = Finding {
            change: Change::Fell(By::Part(Part::Third)),
            shape: leads(true),
        };
        for (language, title) in [
            (
                "en",
                "Water complaints fell by a third; half are still from Wajir South",
            ),
            (
                "sw",
                "Malalamiko ya Water yamepungua kwa theluthi moja; nusu bado yanatoka Wajir South",
            ),
            (
                "fr",
                "Les plaintes (Water) ont baissé d’un tiers ; la moitié toujours à Wajir South",
            ),
            (
                "ar",
                "تراجعت شكاوى Water بمقدار الثلث؛ لا يزال نصفها من Wajir South",
            ),
        ] {
            assert_eq!(said(language, Measure::Complaints, &finding), title);
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let told = |change, shape| said("en", Measure::Complaints, &Finding { change, shape });
        let first = told(Change::Unknown, leads(false));
        assert_eq!(first, "Water complaints: half are from Wajir South");
        let rose = Change::Rose(By::Times(3));
        assert_eq!(
            told(rose, Shape::Even),
            "Water complaints rose to 3 times as many"
        );
        assert_eq!(
            told(Change::Unknown, Shape::Even),
            "Water complaints: nothing stands out"
        );
        assert_eq!(
            told(rose, Shape::Few(7)),
            "Water complaints: only 7, too few to compare"
        );
        assert_eq!(
            told(rose, Shape::Hidden),
            "Water complaints: too few to be shown"
        );
    }

    #[test]
    fn of_what_is_no_count_the_one_that_stands_out_is_set_beside_all() {
        let measure = Measure::WomensShare;
        let finding = Finding {
            change: Change::Fell(By::Points(12)),
            shape: Shape::Highest(Extreme {
                dimension: Dimension::SubCounty,
                key: Some("Eldas".into()),
                value: Value::Days(12.0),
                all: Value::Days(6.0),
            }),
        };
        assert_eq!(
            said("en", measure, &finding),
            "Days to resolve: down by 12 points; highest for Eldas, 12 (all: 6)"
        );
        assert_eq!(
            said("fr", measure, &finding),
            "Days to resolve : baisse de 12 points ; maximum : Eldas, 12 (ensemble : 6)"
        );
    }
}
