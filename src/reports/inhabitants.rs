//! How many live where complaints are from.

use std::collections::BTreeSet;

use super::tally::rate;
use super::{Answer, Dimension, Figure, Ground, Key, Measure, Question, Value};
use crate::complaint::PlaceId;
use crate::intake::places::Place;

impl Ground<'_> {
    /// How many live where a row and a column are, within the places that alone are asked for; `None`: nobody knows.
    pub(super) fn inhabitants(&self, question: &Question, at: [Option<&Key>; 2]) -> Option<u64> {
        self.people(question, at, |place| place.population)
    }

    /// The same of some of these people.
    fn people(
        &self,
        question: &Question,
        at: [Option<&Key>; 2],
        of: fn(&Place) -> Option<u32>,
    ) -> Option<u64> {
        let by = question.by().iter().copied().zip(at);
        let named = by.filter_map(|(dimension, key)| Some((dimension, key?)));
        let named = named.filter(|(dimension, _)| dimension.is_place());
        // The smaller of two places: a ward's people, and not its county's.
        let smallest = named.max_by_key(|(dimension, _)| *dimension);
        let filters = question.filters().iter();
        let only = filters.filter(|(dimension, _)| dimension.is_place());
        let finer = only
            .map(|(dimension, _)| *dimension)
            .max()
            .filter(|finer| smallest.is_none_or(|(dimension, _)| *finer > dimension));
        match (finer, smallest) {
            (Some(finer), within) => {
                self.living_in_some(question, finer, within.map(|(_, key)| key), of)
            }
            (None, Some((_, key))) => self.living_in([key.as_deref()?], of),
            // The sum of all rows is that of the counties.
            (None, None) => {
                self.living_in(self.counties.iter().map(|(county, _)| county.as_str()), of)
            }
        }
    }

    /// How many live in those places of that kind that alone are asked for, and that lie within another.
    fn living_in_some(
        &self,
        question: &Question,
        kind: Dimension,
        within: Option<&Key>,
        of: fn(&Place) -> Option<u32>,
    ) -> Option<u64> {
        let filters = question.filters().iter();
        let asked_for = filters.filter(|(dimension, _)| *dimension == kind);
        let mut places = BTreeSet::new();
        for (_, place) in asked_for {
            let place = place.as_deref()?;
            let lies_there = match within {
                None => true,
                Some(key) => self.lies_in(place, key.as_deref()?),
            };
            if lies_there {
                places.insert(place);
            }
        }
        self.living_in(places, of)
    }

    fn lies_in(&self, place: &str, other: &str) -> bool {
        let line = self.places.ancestry(&PlaceId::new(place));
        line.iter().any(|one| one.as_str() == other)
    }

    /// How many live in these places; `None`: of one of them nobody knows.
    fn living_in<'p>(
        &self,
        places: impl IntoIterator<Item = &'p str>,
        of: fn(&Place) -> Option<u32>,
    ) -> Option<u64> {
        let mut all = 0;
        for id in places {
            let place = self.places.iter().find(|place| place.id.as_str() == id);
            all += u64::from(of(place?)?);
        }
        Some(all)
    }

    /// What the figures of places are to be seen beside: how many complaints there are for each 100,000 who live there; of women's share,
    /// their share among these. `None`: nobody knows how many live there, or the answer is of nothing of the kind.
    pub fn beside(&self, answer: &Answer) -> Option<Answer> {
        let question = &answer.question;
        let is_of_places = match question.by() {
            [] => question.measure == Measure::WomensShare,
            [one] => one.is_place(),
            _ => false,
        };
        if !is_of_places {
            return None;
        }
        let figure = |figure: &Figure, row: Option<&Key>| {
            let value = match (figure.value, question.measure) {
                (Value::Count(count), Measure::Complaints) => {
                    rate(count, self.inhabitants(question, [row, None]))
                }
                // How many complained does not show in it.
                (_, Measure::WomensShare) => self.women(question, row),
                (value, _) => value,
            };
            Figure { value, ..*figure }
        };
        let rows = answer.rows.iter().zip(&answer.row_totals);
        let beside = Answer {
            question: match question.measure {
                Measure::Complaints => question.measuring(Measure::PerInhabitants)?,
                Measure::WomensShare => question.clone(),
                _ => return None,
            },
            row_totals: rows
                .map(|(key, of_row)| figure(of_row, Some(key)))
                .collect(),
            total: figure(&answer.total, None),
            ..answer.clone()
        };
        let is_known = |figure: &Figure| matches!(figure.value, Value::Rate(_) | Value::Share(..));
        let is_told = match question.rows() {
            Some(_) => beside.row_totals.iter().any(is_known),
            None => is_known(&beside.total),
        };
        is_told.then_some(beside)
    }

    /// Women's share among those who live in a row's place, or in all counties.
    fn women(&self, question: &Question, row: Option<&Key>) -> Value {
        let share = || {
            let all = self.people(question, [row, None], |place| place.population)?;
            let women = self.people(question, [row, None], |place| place.women)?;
            (all > 0).then_some(Value::Share(women, all))
        };
        share().unwrap_or(Value::Nothing)
    }
}
