//! What was found out lately, as much of it as there is room for.

use std::collections::HashMap;
use std::hash::Hash;

/// Keeps values in two halves. When the young fill theirs they are the old ones, and those that were old are forgotten, but for what was
/// asked for again meanwhile.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    /// How much each half holds.
    room: usize,
    /// How much of it the young take.
    taken: usize,
    young: HashMap<K, Weighed<V>>,
    old: HashMap<K, Weighed<V>>,
}

#[derive(Debug)]
struct Weighed<V> {
    value: V,
    weight: usize,
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    /// Nothing yet. `room`: how much each half holds, in the unit of [`Recent::keep`]'s weights.
    pub(super) fn new(room: usize) -> Self {
        Self {
            room,
            taken: 0,
            young: HashMap::new(),
            old: HashMap::new(),
        }
    }

    /// What is kept under that key.
    pub(super) fn get(&mut self, key: &K) -> Option<V> {
        if let Some((key, again)) = self.old.remove_entry(key) {
            self.keep(key, again.value, again.weight);
        }
        self.young.get(key).map(|young| young.value.clone())
    }

    /// Keeps one, in the place of another with that key.
    pub(super) fn keep(&mut self, key: K, value: V, weight: usize) {
        if self.taken >= self.room {
            self.old = std::mem::take(&mut self.young);
            self.taken = 0;
        }
        self.old.remove(&key);
        self.taken += weight;
        if let Some(before) = self.young.insert(key, Weighed { value, weight }) {
            self.taken -= before.weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_asks_for_any_more_makes_room_and_what_is_asked_for_again_stays() {
        let mut recent = Recent::new(100);
        for number in 0..=1_000 {
            recent.keep(number, number * 2, 5);
            assert_eq!(recent.get(&0), Some(0), "{number}");
            let kept = recent.young.len() + recent.old.len();
            assert!(kept <= 2 * 100 / 5, "{number}: {kept}");
        }
        assert_eq!(recent.get(&1), None);
        assert_eq!(recent.get(&1_000), Some(2_000));
    }

    #[test]
    fn one_in_the_place_of_another_takes_its_room() {
        let mut recent = Recent::new(100);
        for value in 0..1_000 {
            recent.keep("first", value, 60);
            recent.keep("second", value, 30);
        }
        assert_eq!(
            (recent.get(&"first"), recent.get(&"second")),
            (Some(999), Some(999))
        );
        assert!(recent.old.is_empty());
    }
}
