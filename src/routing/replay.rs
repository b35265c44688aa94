//! What edited rules would do to the complaints that there are: each is decided by both versions, on the same words.
//!
//! Who has a complaint now is not what to compare with: that may be the work of rules long gone. What a person referred by hand
//! no rule moves any more; it is counted apart, for how often each version does what people did. What is with the convener is
//! not: it was returned, or is late or in dispute, and a better rule may have spared it that.

use std::collections::BTreeMap;

use super::Decision;
use crate::complaint::{OrganisationId, TrackingNumber};

/// Complaints decided by two versions.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// How many, beside those that people referred.
    pub complaints: usize,
    /// Those that would go elsewhere: from whom, to whom, which.
    pub moves: BTreeMap<(OrganisationId, OrganisationId), Vec<TrackingNumber>>,
    /// Those that would take the track of their own and do not.
    pub become_sensitive: Vec<TrackingNumber>,
    /// Those that would no longer take it.
    pub no_longer_sensitive: Vec<TrackingNumber>,
    /// Those that would be hidden from others than they are.
    pub accuse_others: Vec<TrackingNumber>,
    /// Those that people referred.
    pub by_people: ByPeople,
}

/// Complaints that people referred by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByPeople {
    /// How many.
    pub complaints: usize,
    /// How many the rules send where people did.
    pub right_before: usize,
    /// How many the edited rules do.
    pub right_after: usize,
}

impl Replay {
    /// Takes in a complaint that rules decided.
    pub fn take(&mut self, number: TrackingNumber, before: &Decision, after: &Decision) {
        self.complaints += 1;
        if before.to != after.to {
            let hop = (before.to.clone(), after.to.clone());
            self.moves.entry(hop).or_default().push(number);
        }
        match (before.sensitive, after.sensitive) {
            (false, true) => self.become_sensitive.push(number),
            (true, false) => self.no_longer_sensitive.push(number),
            _ if before.against != after.against => self.accuse_others.push(number),
            _ => {}
        }
    }

    /// Takes in a complaint that a person referred to somebody.
    pub fn take_referred(&mut self, to: &OrganisationId, before: &Decision, after: &Decision) {
        let people = &mut self.by_people;
        people.complaints += 1;
        people.right_before += usize::from(before.to == *to);
        people.right_after += usize::from(after.to == *to);
    }

    /// How many would go elsewhere.
    pub fn moved(&self) -> usize {
        self.moves.values().map(Vec::len).sum()
    }

    /// The moves, those of most complaints first.
    pub fn largest_moves(&self) -> Vec<(&OrganisationId, &OrganisationId, &[TrackingNumber])> {
        let mut moves: Vec<_> = self
            .moves
            .iter()
            .map(|((from, to), numbers)| (from, to, numbers.as_slice()))
            .collect();
        moves.sort_by_key(|(.., numbers)| std::cmp::Reverse(numbers.len()));
        moves
    }
}
