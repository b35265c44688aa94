//! The codes of pacts: each must be found for certain however it is typed, and in no text that means something else.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::section::Text;
use crate::complaint::Organisation;
use crate::intake::places::{Found, Places};
use crate::routing::pact::Code;
use crate::routing::rules::Rule;
use crate::text::diagnostic::Diagnostic;
use crate::text::normalise::Normalised;
use crate::text::toml_file::Report;

/// How many letters and digits a code has, its hyphens aside: fewer are found by chance, and more are not keyed in without a slip.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=16;
/// A code of more parts has too many spellings.
const MOST_PARTS: usize = 5;
/// So many letters of a code stand together, so that a number of something else is not taken for it.
const LETTERS: usize = 2;

/// What a code must differ from.
pub(super) struct Codes<'a> {
    places: Option<&'a Places>,
    /// Words that people use in texts: of rules, and names of organisations.
    ordinary: BTreeSet<String>,
    /// The beginnings of such.
    beginnings: BTreeSet<String>,
    /// The codes so far, with nothing between their parts.
    taken: BTreeMap<String, Range<usize>>,
    /// The same for each of their parts and for what stands next to each other, shorter than the code.
    within: BTreeMap<String, Range<usize>>,
}

impl<'a> Codes<'a> {
    pub(super) fn beside(
        rules: &[Rule],
        organisations: &[Organisation],
        places: Option<&'a Places>,
    ) -> Self {
        let phrases = || rules.iter().flat_map(|rule| &rule.patterns);
        let beginnings = phrases()
            .filter(|pattern| pattern.phrase.is_beginning())
            .filter_map(|pattern| pattern.phrase.words().last());
        let words = phrases().flat_map(|pattern| pattern.phrase.words());
        let names = organisations.iter().flat_map(Organisation::names);
        let names = names.flat_map(|name| {
            let name = Normalised::new(name);
            name.words()
                .map(|word| word.text.to_owned())
                .collect::<Vec<_>>()
        });
        Self {
            places,
            beginnings: beginnings.map(str::to_owned).collect(),
            ordinary: words.map(str::to_owned).chain(names).collect(),
            taken: BTreeMap::new(),
            within: BTreeMap::new(),
        }
    }

    /// A code that stands for one pact and for nothing else; what is wrong with any other is told.
    pub(super) fn code(
        &mut self,
        (written, at): Text<'_>,
        report: &mut Report<'_>,
    ) -> Option<Code> {
        let code = Code::new(written, at);
        let wrong = self
            .wrong_form(&code)
            .or_else(|| self.ordinary(&code))
            .map(|(message, help)| report.error_at(code.at.clone(), message).help(help))
            .or_else(|| self.like_another(&code, report));
        if let Some(wrong) = wrong {
            report.tell(wrong);
            return None;
        }
        self.take(&code);
        Some(code)
    }

    fn wrong_form(&self, code: &Code) -> Option<(String, &'static str)> {
        let written = &code.written;
        let is_plain =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let letters = |part: &&String| part.bytes().all(|b| b.is_ascii_alphabetic());
        if !written.split('-').all(is_plain) {
            let help = "a code is made of letters a to z, digits and single hyphens between them: WJR-2026-014";
            return Some((format!("`{written}` is no code"), help));
        }
        let length = code.joined().len();
        if !LENGTH.contains(&length) {
            let help =
                "4 to 16 letters and digits are keyed in without a slip and not found by chance";
            return Some((format!("`{written}` has {length} letters and digits"), help));
        }
        let has_letters = code
            .parts
            .iter()
            .filter(letters)
            .any(|part| part.len() >= LETTERS);
        if !has_letters || code.parts.iter().all(|part| letters(&part)) {
            let message = format!("`{written}` could be a word or a number of something else");
            return Some((
                message,
                "write two letters next to each other and a digit at least: WJR-2026-014",
            ));
        }
        (code.parts.len() > MOST_PARTS).then(|| {
            let message = format!("`{written}` changes between letters and digits too often");
            (
                message,
                "nobody keys that in right: five parts are the most",
            )
        })
    }

    /// Whether people write just that without thinking of a pact: `water 2026`, `Eldas 12`.
    fn ordinary(&self, code: &Code) -> Option<(String, &'static str)> {
        let mut letters = code
            .parts
            .iter()
            .filter(|part| part.bytes().all(|b| b.is_ascii_alphabetic()));
        let is_used = letters.all(|part| self.is_ordinary(part));
        (is_used || self.names_a_place(code)).then(|| {
            let message = format!(
                "`{}` is of words that people use in their texts",
                code.written
            );
            (
                message,
                "put letters in it that are no word and no name: WJR-2026-014",
            )
        })
    }

    fn is_ordinary(&self, part: &str) -> bool {
        let mut beginnings = (1..=part.len()).filter_map(|length| part.get(..length));
        self.ordinary.contains(part) || beginnings.any(|one| self.beginnings.contains(one))
    }

    fn names_a_place(&self, code: &Code) -> bool {
        let Some(places) = self.places else {
            return false;
        };
        let spelled = [
            code.written.replace('-', " "),
            code.parts.join(" "),
            code.joined(),
        ];
        let spelled = spelled.map(|one| Normalised::new(&one));
        let mut counties = places.counties();
        counties.any(|county| {
            let mut spelled = spelled.iter();
            spelled.any(|one| places.find(one, &county) != Found::None)
        })
    }

    /// Whether a text with it is also one with another: the two are typed alike, or the one is within the other.
    fn like_another(&self, code: &Code, report: &Report<'_>) -> Option<Diagnostic> {
        let joined = code.joined();
        let told = |what: &str, other: &Range<usize>| {
            let told = report.error_at(code.at.clone(), format!("`{}` {what}", code.written));
            told.beside(other.clone(), "here")
        };
        if let Some(other) = self.taken.get(&joined) {
            let told = told("is typed like another code", other);
            return Some(
                told.help("hyphens and capitals make no difference: change a letter or a digit"),
            );
        }
        let around = self.within.get(&joined);
        let inside = within(&code.parts).find_map(|part| self.taken.get(&part));
        around.or(inside).map(|other| {
            let told = told("and another code are one within the other", other);
            told.help("a text with the longer one would name both pacts: change one of the two")
        })
    }

    fn take(&mut self, code: &Code) {
        self.taken.insert(code.joined(), code.at.clone());
        let within = within(&code.parts).map(|part| (part, code.at.clone()));
        self.within.extend(within);
    }
}

/// What stands next to each other in a code, all of it aside.
fn within(parts: &[String]) -> impl Iterator<Item = String> {
    let all = parts.len();
    let lengths = 1..all;
    lengths.flat_map(move |length| parts.windows(length).map(|some| some.concat()))
}
