//! Texts as words that compare: folded for matching, each with its place in the original.
//!
//! People write `Kisima`, `KISIMA` and `kisimá`; phones put invisible marks around Arabic and curl apostrophes. Two spellings of
//! a word are to be one word here, and nothing else is: what a fold loses, a rule cannot tell apart.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word, folded.
    pub text: &'a str,
    /// The bytes of the original text that it was.
    pub at: Range<usize>,
}

/// A text, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalised {
    /// The words with one space between them.
    folded: String,
    /// For each word: where it stands in `folded`, and where in the original.
    places: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    folded: Range<usize>,
    original: Range<usize>,
}

impl Normalised {
    /// Folds a text: compatibility forms (NFKC), case, accents, Arabic letter forms and every script's digits; a word is a run
    /// of letters and digits, an apostrophe within it does not count.
    pub fn new(text: &str) -> Self {
        let mut folding = Folding {
            into: Self {
                folded: String::with_capacity(text.len()),
                places: Vec::new(),
            },
            word: None,
        };
        for (at, c) in text.char_indices() {
            folding.take(c, at..at + c.len_utf8());
        }
        folding.end_word();
        folding.into
    }

    /// The words with one space between them.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The words in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = Word<'_>> {
        self.places.iter().map(|place| Word {
            text: self.folded.get(place.folded.clone()).unwrap_or_default(),
            at: place.original.clone(),
        })
    }

    /// Whether it holds nothing readable.
    pub fn is_blank(&self) -> bool {
        self.places.is_empty()
    }

    /// The bytes of the original that a hit in [`Self::folded`] came from: those of the words that it touches.
    pub fn original(&self, hit: Range<usize>) -> Range<usize> {
        let first = self
            .places
            .partition_point(|place| place.folded.end <= hit.start);
        let end = self
            .places
            .partition_point(|place| place.folded.start < hit.end);
        match (
            self.places.get(first),
            self.places.get(end.saturating_sub(1)),
        ) {
            (Some(first), Some(last)) => {
                first.original.start..last.original.end.max(first.original.start)
            }
            _ => 0..0,
        }
    }
}

struct Folding {
    into: Normalised,
    /// The word that is being read: where it begins in the folded text, and where it stands in the original.
    word: Option<Place>,
}

impl Folding {
    fn take(&mut self, c: char, at: Range<usize>) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.put(c.to_ascii_lowercase(), &at);
            } else if c != '\'' {
                self.end_word();
            }
        } else if !is_silent(c) {
            // NFKD where NFKC is meant: the accents are to go, and then there is nothing left to compose.
            for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
                self.take_part(part, &at);
            }
        }
    }

    fn take_part(&mut self, c: char, at: &Range<usize>) {
        if is_combining_mark(c) || is_silent(c) {
            return;
        }
        match digit(c)
            .map(|value| char::from(b'0' + value))
            .or_else(|| letter(c))
        {
            Some(folded) => self.put(folded, at),
            None => self.end_word(),
        }
    }

    fn put(&mut self, c: char, at: &Range<usize>) {
        let into = &mut self.into;
        let word = self.word.get_or_insert_with(|| {
            if !into.folded.is_empty() {
                into.folded.push(' ');
            }
            let start = into.folded.len();
            Place {
                folded: start..start,
                original: at.clone(),
            }
        });
        into.folded.push(c);
        word.folded.end = into.folded.len();
        word.original.end = at.end;
    }

    fn end_word(&mut self) {
        self.into.places.extend(self.word.take());
    }
}

/// A letter in the form that stands for all of its forms.
fn letter(c: char) -> Option<char> {
    Some(match c {
        'ß' => 's',
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        // Alef with wasla; the others lose their hamza and madda with the combining marks.
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        c if c.is_alphanumeric() => c,
        _ => return None,
    })
}

/// Characters that are seen by nobody or only stretch a word: they neither part words nor belong to them.
fn is_silent(c: char) -> bool {
    matches!(c,
        // Apostrophes, straight ones aside.
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{201b}'
        // Tatweel; soft hyphen; zero-width characters and marks of direction; variation selectors; byte order mark.
        | '\u{0640}' | '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The zeros of the scripts whose digits phones in use can type; nine digits follow each (Unicode, category Nd).
const ZEROS: [char; 20] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}',
    '\u{17e0}', '\u{1810}', '\u{ff10}',
];

/// The value of a decimal digit, of any of these scripts.
pub fn digit(c: char) -> Option<u8> {
    let next = ZEROS.partition_point(|zero| *zero <= c);
    let zero = ZEROS.get(next.checked_sub(1)?)?;
    u8::try_from(u32::from(c) - u32::from(*zero))
        .ok()
        .filter(|value| *value <= 9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        Normalised::new(text).folded().to_owned()
    }

    #[test]
    fn spellings_of_a_word_are_one_word() {
        for (spellings, word) in [
            (
                vec!["Kisima", "KISIMA", "kisíma", "ｋｉｓｉｍａ", "ki\u{ad}sima"],
                "kisima",
            ),
            (vec!["ng'ombe", "Ng’ombe", "ng\u{2bc}ombe"], "ngombe"),
            (vec!["l'école", "L’ECOLE", "le\u{301}cole"], "lecole"),
            (vec!["أحمد", "احمد", "إحمد", "اَحْمَد", "احـمد"], "احمد"),
            (vec!["مساعدة", "مساعده"], "مساعده"),
            (vec!["٤٨٢", "۴۸۲", "482", "４８２", "४८२"], "482"),
        ] {
            for spelling in spellings {
                assert_eq!(folded(spelling), word, "{spelling}");
            }
        }
    }

    #[test]
    fn words_part_where_people_part_them() {
        assert_eq!(
            folded("  No water!!  5 days,please.\nHelp"),
            "no water 5 days please help"
        );
        assert_eq!(folded("Khorof/Harar\u{a0}– (ward)"), "khorof harar ward");
        assert!(Normalised::new("👍 … \u{200f} --").is_blank());
    }

    #[test]
    fn a_hit_is_found_again_in_the_original() {
        let text = "Ewe  MAJI\u{200f} hakuna, kisíma!";
        let words = Normalised::new(text);
        let at = words.folded().find("hakuna kisima").unwrap();
        assert_eq!(
            &text[words.original(at..at + "hakuna kisima".len())],
            "hakuna, kisíma"
        );
        let at = words.folded().find("maji").unwrap();
        assert_eq!(&text[words.original(at..at + 4)], "MAJI");
    }

    #[test]
    fn digits_have_their_values() {
        assert!(ZEROS.is_sorted());
        for (c, value) in [
            ('7', Some(7)),
            ('٣', Some(3)),
            ('۹', Some(9)),
            ('x', None),
            ('²', None),
            (':', None),
            ('\u{1}', None),
        ] {
            assert_eq!(digit(c), value, "{c}");
        }
    }

    proptest! {
        #[test]
        fn any_text_folds_and_every_word_lies_in_it(text: String) {
            let words = Normalised::new(&text);
            for word in words.words() {
                prop_assert!(text.get(word.at.clone()).is_some());
                prop_assert!(!word.text.is_empty() && !word.text.contains(' '));
            }
            prop_assert_eq!(words.words().map(|word| word.text).collect::<Vec<_>>().join(" "), words.folded());
            let again = Normalised::new(words.folded());
            prop_assert_eq!(again.folded(), words.folded(), "folding is final");
        }
    }
}
