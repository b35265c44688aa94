//! A text as the rules see it: however it was typed, the same words come out the same.
//!
//! Upper case, accents, full-width letters, curly apostrophes, the letter forms and the digits of a keyboard, and marks
//! that nobody sees (a right-to-left mark, a zero-width space) make no difference. Each word keeps its place in the original
//! text: what is stored and shown of a decision are offsets, and a byte of the folded text would point nowhere.
//!
//! Decomposed form (NFKD) is folded, not composed form (NFKC): accents then fall off by themselves, and as rules and
//! texts go through the same folding, composing again would change no comparison.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

mod digits;
mod fold;

pub use digits::digit;
use fold::Folded;

/// Unicode's stream-safe text has no more marks on a letter (UAX 15).
const MOST_MARKS: usize = 30;

/// A text's words, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalised {
    /// The words with a space before the first, between two and after the last, so that a search for ` maji ` finds whole
    /// words only.
    padded: String,
    words: Vec<Place>,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word, folded.
    pub text: &'a str,
    /// Its bytes in the original text.
    pub at: Range<usize>,
}

/// Where a word is: in the padded text and in the original.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    padded: Range<usize>,
    original: Range<usize>,
}

impl Normalised {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut folding = Folding::with_room_for(text);
        for (start, c) in text.char_indices() {
            folding.take(c, start..start + c.len_utf8());
        }
        folding.close();
        Self {
            padded: folding.padded,
            words: folding.words,
        }
    }

    /// The words in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = Word<'_>> {
        self.words.iter().map(|word| Word {
            text: self.padded.get(word.padded.clone()).unwrap_or_default(),
            at: word.original.clone(),
        })
    }

    /// The words with one space between two: `kisima cha habasswein`.
    pub fn folded(&self) -> &str {
        self.padded.trim_matches(' ')
    }

    /// The words with one space around each: ` kisima cha habasswein `. For searches that are to keep to whole words.
    pub fn padded(&self) -> &str {
        &self.padded
    }

    /// The bytes of the original text under a hit in [`Self::padded`], widened to whole words.
    pub fn original(&self, hit: Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|w| w.padded.end <= hit.start);
        let after = self.words.partition_point(|w| w.padded.start < hit.end);
        match self.words.get(first..after) {
            Some([only]) => only.original.clone(),
            Some([first, .., last]) => first.original.start..last.original.end,
            Some([]) | None => 0..0,
        }
    }

    /// Whether there is nothing to read: no letter and no digit.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }
}

/// A text while it is folded.
struct Folding {
    padded: String,
    words: Vec<Place>,
    open: Option<Place>,
    /// The last one was an apostrophe behind a word of one letter: an elision (`l'eau`) if a vowel follows.
    elided: bool,
}

impl Folding {
    fn with_room_for(text: &str) -> Self {
        let mut padded = String::with_capacity(text.len() + 2);
        padded.push(' ');
        // Six bytes a word, its space with it, is short for every language of the sample.
        Self {
            padded,
            words: Vec::with_capacity(text.len() / 6 + 1),
            open: None,
            elided: false,
        }
    }

    fn take(&mut self, c: char, at: Range<usize>) {
        if c.is_ascii_alphanumeric() {
            self.letter(c.to_ascii_lowercase(), at);
        } else if fold::is_apostrophe(c) {
            self.apostrophe();
        } else if c.is_ascii() && !c.is_ascii_control() {
            self.close();
        } else if !fold::is_invisible(c) {
            decompose_compatible(c, |part| self.part(part, &at));
        }
    }

    fn part(&mut self, part: char, at: &Range<usize>) {
        match fold::fold(part) {
            Folded::Letter(letter) => self.letter(letter, at.clone()),
            Folded::Letters(letters) => letters.chars().for_each(|c| self.letter(c, at.clone())),
            Folded::Mark => self.mark(part, at.end),
            Folded::Apostrophe => self.apostrophe(),
            Folded::Nothing => {}
            Folded::Gap => self.close(),
        }
    }

    fn letter(&mut self, letter: char, at: Range<usize>) {
        if std::mem::take(&mut self.elided)
            && matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h')
        {
            self.close();
        }
        let start = self.padded.len();
        self.padded.push(letter);
        let word = self.open.get_or_insert(Place {
            padded: start..start,
            original: at.clone(),
        });
        word.original.end = at.end;
    }

    /// Puts a vowel sign or the like where Unicode's canonical order has it: typed in another order it is the same word. More of
    /// them than any script has on one letter are left out: to order each would take ever longer.
    fn mark(&mut self, mark: char, end: usize) {
        let Some(word) = &mut self.open else { return };
        word.original.end = end;
        let marks = self.padded.chars().rev().take(MOST_MARKS);
        let is_full = marks.filter(|c| canonical_combining_class(*c) != 0).count() == MOST_MARKS;
        if is_full {
            return;
        }
        let class = canonical_combining_class(mark);
        let after = self
            .padded
            .char_indices()
            .rev()
            .take_while(|(_, c)| class != 0 && canonical_combining_class(*c) > class)
            .last();
        let at = after.map_or(self.padded.len(), |(at, _)| at);
        self.padded.insert(at, mark);
    }

    /// Within a word it is dropped, so that `ng'ombe`, `ng’ombe` and `ngombe` are one word; `l'eau` is two.
    fn apostrophe(&mut self) {
        let length = |word: &Place| self.padded.len() - word.padded.start;
        self.elided = self.open.as_ref().is_some_and(|word| length(word) == 1);
    }

    fn close(&mut self) {
        self.elided = false;
        if let Some(mut word) = self.open.take() {
            word.padded.end = self.padded.len();
            self.padded.push(' ');
            self.words.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn folded(text: &str) -> String {
        Normalised::new(text).folded().to_owned()
    }

    #[test]
    fn however_it_is_typed_it_is_the_same() {
        for (typed, same) in [
            ("KISIMA  cha\tHabasswein!!", "kisima cha habasswein"),
            ("Ｗａｔｅｒ ｐｏｉｎｔ", "water point"),
            ("eau potable à l'école", "eau potable a l ecole"),
            ("Straße, STRASSE, ſtraße", "strasse strasse strasse"),
            ("İstanbul ısı", "istanbul isi"),
            ("ŋɔ́ŋ Ɗan ƙasa Øst Łódź", "ngong dan kasa ost lodz"),
            ("ﬁre ﷺ m²", "fire صلي الله عليه وسلم m2"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ] {
            assert_eq!(folded(typed), same, "{typed}");
        }
    }

    #[test]
    fn words_part_where_people_part_them() {
        assert_eq!(
            folded("  No water!!  5 days,please.\nHelp"),
            "no water 5 days please help"
        );
        assert_eq!(folded("Khorof/Harar\u{a0}– (ward)"), "khorof harar ward");
    }

    #[test]
    fn an_apostrophe_within_a_word_is_no_matter_an_elision_is_two_words() {
        for cow in [
            "ng'ombe",
            "ng’ombe",
            "ngombe",
            "n'gombe",
            "NG`OMBE",
            "ng´ombe",
            "'ng'ombe'",
        ] {
            assert_eq!(folded(cow), "ngombe", "{cow}");
        }
        assert_eq!(folded("pas d’eau, l'hôpital"), "pas d eau l hopital");
        assert_eq!(folded("go'an su'aal"), "goan suaal");
    }

    #[test]
    fn arabic_letter_forms_and_vowel_marks_are_unified() {
        for water in [
            "مياه",
            "مِيَاه",
            "ميـــاه",
            "مياة",
            "میاه",
            "\u{fee3}\u{fef4}\u{fe8e}\u{fee9}",
        ] {
            assert_eq!(folded(water), "مياه", "{water}");
        }
        assert_eq!(folded("مُسْتَشْفَــى، ٥ أيّام؟ ۱۲ بِئْر"), "مستشفي 5 ايام 12 بير");
        assert_eq!(folded("أزمة إلى آبار ٱلماء"), folded("ازمه الي ابار الماء"));
    }

    #[test]
    fn what_nobody_sees_is_not_there() {
        assert_eq!(
            folded("wa\u{200b}ter \u{200f}po\u{ad}int\u{0}\u{feff}"),
            "water point"
        );
        for blank in [
            "",
            "  \n",
            "👍🏽 …!",
            "\u{200f}\u{202e}\u{7}",
            "\u{301}\u{94d}",
        ] {
            assert!(Normalised::new(blank).is_blank(), "{blank:?}");
        }
    }

    #[test]
    fn vowel_signs_stay_and_their_typing_order_does_not_matter() {
        assert_ne!(folded("पानी"), folded("पनी"));
        assert_eq!(folded("क\u{93c}\u{94d}"), folded("क\u{94d}\u{93c}"));
    }

    #[test]
    fn a_letter_has_no_more_marks_than_any_script_has() {
        let pasted = format!("ཀ{}", "\u{f71}\u{f72}".repeat(100_000));
        let once = folded(&pasted);
        assert_eq!(once.chars().count(), 1 + MOST_MARKS);
        assert_eq!(folded(&once), once);
    }

    #[test]
    fn digits_of_every_script_are_ascii() {
        assert_eq!(folded("٤٨٢ ۱۰۹ ३७५३ ５"), "482 109 3753 5");
    }

    #[test]
    fn a_hit_leads_back_to_the_words_of_the_original() {
        let text = "«Kisíma»  cha HÁBASSWEIN, siku ٥";
        let words = Normalised::new(text);
        assert_eq!(words.folded(), "kisima cha habasswein siku 5");
        assert_eq!(words.padded(), " kisima cha habasswein siku 5 ");
        let under = |hit: &str| {
            let at = words.padded().find(hit).unwrap();
            text.get(words.original(at..at + hit.len())).unwrap()
        };
        assert_eq!(under(" kisima "), "Kisíma");
        assert_eq!(under(" cha habasswein "), "cha HÁBASSWEIN");
        assert_eq!(under(" habass"), "HÁBASSWEIN");
        assert_eq!(under(" 5 "), "٥");
        assert_eq!(words.original(900..901), 0..0);
        assert_eq!(Normalised::default().original(0..1), 0..0);
    }

    proptest! {
        #[test]
        fn each_word_is_where_it_says_and_reads_the_same_alone(text in "\\PC{0,60}") {
            let words = Normalised::new(&text);
            for word in words.words() {
                let original = text.get(word.at.clone()).unwrap();
                let alone = Normalised::new(original);
                prop_assert!(alone.words().any(|w| w.text == word.text), "{} of {}", word.text, original);
                prop_assert!(!word.text.is_empty() && !word.text.contains(' '));
            }
        }

        #[test]
        fn composed_and_decomposed_spellings_are_one(text in "\\PC{0,40}") {
            prop_assert_eq!(folded(&text.nfc().collect::<String>()), folded(&text));
            prop_assert_eq!(folded(&text.nfd().collect::<String>()), folded(&text));
        }

        #[test]
        fn upper_and_lower_case_are_one(text in "[a-zA-Zà-ÿÀ-ÝßœŒşŞłŁа-яА-Яα-ωΑ-Ω' ]{0,40}") {
            prop_assert_eq!(folded(&text.to_uppercase()), folded(&text));
            prop_assert_eq!(folded(&text.to_lowercase()), folded(&text));
        }

        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
