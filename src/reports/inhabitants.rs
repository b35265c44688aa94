//! How many live where complaints are from.

use std::collections::BTreeSet;

use super::{Dimension, Ground, Key, Question};
use crate::complaint::PlaceId;

impl Ground<'_> {
    /// How many live where a row and a column are, within the places that alone are asked for; `None`: nobody knows.
    pub(super) fn inhabitants(&self, question: &Question, at: [Option<&Key>; 2]) -> Option<u64> {
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
                self.living_in_some(question, finer, within.map(|(_, key)| key))
            }
            (None, Some((_, key))) => self.living_in([key.as_deref()?]),
            // The sum of all rows is that of the counties.
            (None, None) => self.living_in(self.counties.iter().map(|(county, _)| county.as_str())),
        }
    }

    /// How many live in those places of that kind that alone are asked for, and that lie within another.
    fn living_in_some(
        &self,
        question: &Question,
        kind: Dimension,
        within: Option<&Key>,
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
        self.living_in(places)
    }

    fn lies_in(&self, place: &str, other: &str) -> bool {
        let line = self.places.ancestry(&PlaceId::new(place));
        line.iter().any(|one| one.as_str() == other)
    }

    /// How many live in these places; `None`: of one of them nobody knows.
    fn living_in<'p>(&self, places: impl IntoIterator<Item = &'p str>) -> Option<u64> {
        let of = |id: &str| {
            let place = self.places.iter().find(|place| place.id.as_str() == id);
            place.and_then(|place| place.population).map(u64::from)
        };
        let mut all = 0;
        for place in places {
            all += of(place)?;
        }
        Some(all)
    }
}
