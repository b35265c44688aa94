//! Words with one typing slip: a letter too many, one too few, a wrong one, or two neighbours swapped.
//!
//! Each word that is looked for is filed under itself and under what is left when any one letter is taken out; a text's word is
//! looked for in the same way, and two words that are one slip apart meet (Mor and Fraenkel, 1982). So a text's word costs a look at
//! one bit for each of its letters, however many words there are. Rejected: to walk a tree of all words with one slip
//! allowed, and to compare with each word: both cost more the more words there are.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

/// Words of fewer letters are too near to each other: `road`, `read`, `rod`.
const FEWEST_LETTERS: usize = 5;
/// A beginning needs one more, as the rest of the word says nothing for it: `sewer*` would find `several` and `severe`.
const FEWEST_OF_A_BEGINNING: usize = 6;
/// A longer word is no word, but something pasted.
const MOST_LETTERS: usize = 32;

/// A word that is looked for, folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Wanted {
    pub(super) text: String,
    /// Whether it is the beginning of a word.
    pub(super) begins: bool,
    /// Whether it is to be as it is written.
    pub(super) exact: bool,
}

impl Wanted {
    /// Whether a text's word is this one, without a slip.
    pub(super) fn is(&self, word: &str) -> bool {
        if self.begins {
            word.starts_with(&self.text)
        } else {
            word == self.text
        }
    }

    /// Whether a slip in it is forgiven. Numbers are no words: one with another digit is another number.
    fn forgives(&self) -> bool {
        let fewest = if self.begins {
            FEWEST_OF_A_BEGINNING
        } else {
            FEWEST_LETTERS
        };
        !self.exact
            && (fewest..=MOST_LETTERS).contains(&self.text.chars().count())
            && self.text.chars().all(char::is_alphabetic)
    }
}

/// Words to look for with a slip in them.
#[derive(Clone, Debug)]
pub(super) struct Slips {
    /// The letters of each, then those of the names.
    letters: Vec<Vec<char>>,
    /// How many words there are before the names.
    words: usize,
    /// What is written as one of these means itself, and is no slip of another.
    known: HashSet<String>,
    whole: Filed,
    beginnings: Filed,
    is_idle: bool,
}

impl Slips {
    /// `names` are not looked for: what is written so, or nearly so, is meant so.
    pub(super) fn new<'a>(wanted: &[Wanted], names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeSet<&str> = names.into_iter().collect();
        let whole = wanted.iter().filter(|word| !word.begins);
        let known = whole
            .map(|word| word.text.as_str())
            .chain(names.iter().copied());
        let known = known.map(str::to_owned).collect();
        let names = names.into_iter().map(|name| Wanted {
            text: name.to_owned(),
            begins: false,
            exact: false,
        });
        let words: Vec<Wanted> = wanted.iter().cloned().chain(names).collect();
        let letters: Vec<Vec<char>> = words
            .iter()
            .map(|word| word.text.chars().collect())
            .collect();
        let forgiving = |begins: bool| {
            let words = words.iter().zip(&letters).zip(0..);
            let words =
                words.filter(move |((word, _), _)| word.begins == begins && word.forgives());
            Filed::new(words.map(|((_, letters), index)| (index, letters.as_slice())))
        };
        Self {
            whole: forgiving(false),
            beginnings: forgiving(true),
            words: wanted.len(),
            is_idle: !wanted.iter().any(Wanted::forgives),
            known,
            letters,
        }
    }

    /// Whether no slip is forgiven in any word.
    pub(super) fn is_idle(&self) -> bool {
        self.is_idle
    }

    /// Which of the words a text's word is with one slip; `room` is for its letters, and may be used again for the next.
    pub(super) fn meant_by(&self, word: &str, room: &mut Letters) -> Vec<usize> {
        let mut meant = Vec::new();
        // Bytes are no fewer than letters.
        if word.len() + 1 < FEWEST_LETTERS || self.known.contains(word) || !room.take(word) {
            return meant;
        }
        let all = room.letters.len();
        self.meet(&self.whole, all, room, &mut meant, is_one_slip);
        // A mistyped name explains all letters of the word, and so more than the beginning of another does.
        if meant.iter().all(|word| *word < self.words) {
            for first in FEWEST_OF_A_BEGINNING - 1..=all {
                self.meet(
                    &self.beginnings,
                    first,
                    room,
                    &mut meant,
                    |stem, letters| {
                        let is_cut = first == all && is_cut_by_one(stem, letters);
                        let is_mistyped = is_one_slip_in_a_beginning(stem, letters);
                        !room.letters.starts_with(stem) && (is_mistyped || is_cut)
                    },
                );
            }
        }
        meant.retain(|word| *word < self.words);
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    /// Adds the words that the first letters of a text's word meet.
    fn meet(
        &self,
        filed: &Filed,
        first: usize,
        room: &Letters,
        meant: &mut Vec<usize>,
        is_slip: impl Fn(&[char], &[char]) -> bool,
    ) {
        if filed.entries.is_empty() {
            return;
        }
        let Some(letters) = room.letters.get(..first) else {
            return;
        };
        for key in room.keys(first) {
            for (_, index) in filed.under(key) {
                let index = *index as usize;
                if self
                    .letters
                    .get(index)
                    .is_some_and(|wanted| is_slip(wanted, letters))
                {
                    meant.push(index);
                }
            }
        }
    }
}

/// Whether two words differ by exactly one slip (Damerau's four), and not by their first letter: people see that one.
///
/// In 15,500 real texts some 250 words differed by their first letter alone from a word of the sample's rules: later, national, dumps,
/// brought; none of them was mistyped.
fn is_one_slip(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let begins_alike = same > 0;
    let (a, b) = (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    );
    match (a, b) {
        ([first, second, a @ ..], [one, other, b @ ..])
            if first == other && second == one && a == b =>
        {
            true
        }
        ([_, a @ ..], [_, b @ ..]) if a == b => begins_alike,
        ([_, a @ ..], b) if a == b => begins_alike,
        (a, [_, b @ ..]) if a == b => begins_alike,
        _ => false,
    }
}

/// Whether a whole word is the beginning without its last letter: `borehol` of `borehole*`. In 14,000 lines
/// of real texts this finds one word more by the sample's rules, and it is one: pothol.
fn is_cut_by_one(stem: &[char], word: &[char]) -> bool {
    stem.split_last().is_some_and(|(_, cut)| cut == word)
}

/// The same where the word goes on. The beginning's last letter must be there, unless the word ends: else `barab*` would find `baraza`, and each
/// beginning one that is a letter shorter.
fn is_one_slip_in_a_beginning(stem: &[char], beginning: &[char]) -> bool {
    let ends_alike = stem.last() == beginning.last();
    let ends_swapped = stem.len() == beginning.len()
        && stem
            .iter()
            .rev()
            .take(2)
            .eq(beginning.iter().skip(stem.len() - 2));
    (ends_alike || ends_swapped) && is_one_slip(stem, beginning)
}

/// A word's letters, and sums over its beginnings, from which the key of any beginning without any letter is reckoned.
#[derive(Debug, Default)]
pub(super) struct Letters {
    letters: Vec<char>,
    sums: Vec<u64>,
}

/// Keys are sums of letters times powers of this, as of digits in a number.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The powers of [`BASE`] from the 0th on.
static POWERS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let powers = std::iter::successors(Some(1_u64), |power| Some(power.wrapping_mul(BASE)));
    powers.take(MOST_LETTERS + 1).collect()
});

impl Letters {
    /// Takes a word, unless it is too long or too short, or holds something else than letters.
    fn take(&mut self, word: &str) -> bool {
        self.letters.clear();
        self.letters.extend(word.chars().take(MOST_LETTERS + 1));
        self.sum();
        (FEWEST_LETTERS - 1..=MOST_LETTERS).contains(&self.letters.len())
    }

    fn sum(&mut self) {
        self.sums.clear();
        self.sums.push(0);
        let mut sum = 0_u64;
        for letter in &self.letters {
            sum = sum.wrapping_mul(BASE).wrapping_add(u64::from(*letter));
            self.sums.push(sum);
        }
    }

    /// The key of the first letters, and of these without each of them.
    fn keys(&self, first: usize) -> impl Iterator<Item = u64> + '_ {
        let sum = move |letters: usize| self.sums.get(letters).copied().unwrap_or_default();
        let without = move |letter: usize| {
            let power = POWERS.get(first - letter - 1).copied().unwrap_or_default();
            let difference = sum(letter).wrapping_sub(sum(letter + 1));
            sum(first).wrapping_add(difference.wrapping_mul(power))
        };
        std::iter::once(sum(first)).chain((0..first).map(without))
    }
}

/// Words by their keys.
#[derive(Clone, Debug, Default)]
struct Filed {
    entries: Vec<(u64, u32)>,
    /// A bit for each entry, found by its key: hardly any other key has one.
    bits: Vec<u64>,
    /// How far a mixed key is shifted to be the number of a bit.
    shift: u32,
}

/// So many bits there are for an entry, at least.
const BITS_AN_ENTRY: usize = 16;

impl Filed {
    fn new<'a>(words: impl Iterator<Item = (u32, &'a [char])>) -> Self {
        let mut room = Letters::default();
        let mut entries = Vec::new();
        for (index, letters) in words {
            room.letters = letters.to_vec();
            room.sum();
            entries.extend(room.keys(letters.len()).map(|key| (key, index)));
        }
        entries.sort_unstable();
        entries.dedup();
        let count = (entries.len() * BITS_AN_ENTRY)
            .next_power_of_two()
            .max(u64::BITS as usize);
        let mut filed = Self {
            bits: vec![0; count / u64::BITS as usize],
            shift: u64::BITS - count.trailing_zeros(),
            entries: Vec::new(),
        };
        for (key, _) in &entries {
            let (word, bit) = filed.bit(*key);
            if let Some(bits) = filed.bits.get_mut(word) {
                *bits |= bit;
            }
        }
        filed.entries = entries;
        filed
    }

    fn under(&self, key: u64) -> &[(u64, u32)] {
        let (word, bit) = self.bit(key);
        if self.bits.get(word).is_none_or(|bits| bits & bit == 0) {
            return &[];
        }
        let start = self.entries.partition_point(|(other, _)| *other < key);
        let from = self.entries.get(start..).unwrap_or_default();
        let same = from.iter().take_while(|(other, _)| *other == key).count();
        from.get(..same).unwrap_or_default()
    }

    /// Which word of the bits, and the bit in it.
    fn bit(&self, key: u64) -> (usize, u64) {
        let mixed = (key ^ (key >> 32)).wrapping_mul(BASE) >> self.shift;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "no more than there are bits"
        )]
        let word = (mixed / u64::from(u64::BITS)) as usize;
        (word, 1 << (mixed % u64::from(u64::BITS)))
    }
}

#[cfg(test)]
mod tests;
