//! What a text is about, roughly: to find others on the same matter.
//!
//! Rejected: a sketch of the words, kept beside the complaint. It would find the near ones among all, and tell who reads the database which
//! complaints are alike; place and sector narrow them down well enough, and then their texts can be opened.

use std::collections::BTreeSet;

use crate::text::normalise::Normalised;

/// Shorter words say little: articles, particles.
const TELLING: usize = 4;
/// So many letters of a word tell it from others, whatever comes behind: broke and broken, kisima and kisimani.
const STEM: usize = 5;
/// What has so many telling words in common, at least, may be alike.
const IN_COMMON: usize = 2;

/// The telling words of a text, each by its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist(BTreeSet<String>);

impl Gist {
    /// That of a text.
    pub fn of(words: &Normalised) -> Self {
        let telling = words
            .words()
            .filter(|word| word.text.chars().count() >= TELLING);
        Self(
            telling
                .map(|word| word.text.chars().take(STEM).collect())
                .collect(),
        )
    }

    /// How much of the shorter text is in the other, 0 to 1; 0 where they have too little in common to say.
    pub fn likeness(&self, other: &Self) -> f64 {
        let common = self.0.intersection(&other.0).count();
        let shorter = self.0.len().min(other.0.len());
        if common < IN_COMMON {
            return 0.0;
        }
        let ratio = |part: usize| u32::try_from(part).map_or(f64::MAX, f64::from);
        ratio(common) / ratio(shorter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        let gist = |text| Gist::of(&Normalised::new(text));
        gist(one).likeness(&gist(other))
    }

    #[test]
    fn the_same_matter_in_other_words_is_alike() {
        let broken = "The borehole in Eldas is broken since Monday";
        assert!(likeness(broken, "Eldas borehole broke down, no water") >= 0.5);
        assert!(likeness(broken, "BOREHOLE ELDAS BROKEN!!") > 0.9);
        assert!(
            likeness(
                "Kisima cha Eldas kimeharibika",
                "kisimani Eldas hakuna maji, kimeharibika"
            ) >= 0.5
        );
        assert!(
            likeness(
                "بئر الداس معطلة منذ الاثنين",
                "البئر في الداس معطلة منذ اسبوع"
            ) >= 0.5
        );
    }

    #[test]
    fn another_matter_is_not() {
        let broken = "The borehole in Eldas is broken since Monday";
        assert!(
            likeness(
                broken,
                "The borehole guard in Eldas asks money of every woman"
            ) < 0.5
        );
        assert!(
            likeness(broken, "borehole") < 0.5,
            "one word tells too little"
        );
        assert!(likeness("", "") < 0.5);
    }
}
