//! What people are answered, in their language: texts that stand in files, one a language, each proven to fit its
//! segments before it can be sent.

use crate::complaint::{LanguageId, Organisation, Sector};
use crate::text::diagnostic::Diagnostic;
use crate::text::normalise::Normalised;

mod file;
mod fit;
mod free_words;
mod guess;
mod language;
mod menu;
mod sample;
mod template;
mod wording;
mod words;

#[cfg(test)]
mod tests;

use fit::Named;
pub use language::Language;
pub use sample::{Naming, Sample};
pub use template::{Saying, Template, Values};
use words::Vocabulary;
pub use words::{Choice, Keyword};

/// The languages that people are answered in.
#[derive(Clone, Debug)]
pub struct Replies {
    first: Language,
    others: Vec<Language>,
    vocabulary: Vocabulary,
}

impl Replies {
    /// Reads the languages' files, given as names (`replies/sw.toml`) and sources. The organisations, the sectors and the names of
    /// places are those that the texts may come to hold.
    ///
    /// # Errors
    /// All that is wrong with any of the files, and with no file at all.
    pub fn load(
        files: &[(String, String)],
        organisations: &[&Organisation],
        sectors: &[&Sector],
        places: &[&str],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut languages = Vec::new();
        let mut words = Vec::new();
        let mut findings = Vec::new();
        let named = Named {
            organisations,
            sectors,
            places,
        };
        for (name, source) in files {
            match file::read(name, source, named) {
                Ok((language, of_language)) => {
                    words.push((name.as_str(), language.id.clone(), of_language));
                    languages.push((name.as_str(), language));
                }
                Err(found) => findings.extend(found),
            }
        }
        let mut vocabulary = Vocabulary::new();
        findings.extend(vocabulary.learn(words));
        findings.extend(menu::check(&languages));
        let mut languages = languages.into_iter().map(|(_, language)| language);
        match languages.next() {
            Some(first) if findings.is_empty() => Ok(Self {
                first,
                others: languages.collect(),
                vocabulary,
            }),
            None if files.is_empty() => {
                let finding = Diagnostic::error(
                    "replies",
                    None,
                    "no language that people could be answered in",
                );
                Err(vec![
                    finding.help("add a file to this directory, such as `en.toml`"),
                ])
            }
            _ => Err(findings),
        }
    }

    /// The languages, in the order of their files.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The same with that language first: in the menu, and for who is left without one.
    pub fn led_by(self, id: &LanguageId) -> Self {
        let Self {
            first,
            others,
            vocabulary,
        } = self;
        let all = std::iter::once(first).chain(others);
        let (mut leading, mut others): (Vec<_>, Vec<_>) =
            all.partition(|language| language.id == *id);
        let first = leading.pop().unwrap_or_else(|| others.remove(0));
        Self {
            first,
            others,
            vocabulary,
        }
    }

    /// The language with that id.
    pub fn language(&self, id: &LanguageId) -> Option<&Language> {
        self.languages().find(|language| language.id == *id)
    }

    /// The language with that id; where it was taken away since, the first: an answer in another language is better than
    /// none.
    pub fn language_or_first(&self, id: &LanguageId) -> &Language {
        self.language(id).unwrap_or(&self.first)
    }

    /// The command that a text is, if it is nothing else; with the language whose word it is, where only one has it. A
    /// command within a sentence is none.
    pub fn keyword(&self, text: &Normalised) -> Option<(Keyword, Option<LanguageId>)> {
        match self.language_wanted(text) {
            Some(language) => Some((Keyword::Language, Some(language))),
            None => {
                let known = self.vocabulary.keyword(text.folded());
                known.or_else(|| self.asks_for_the_menu(text))
            }
        }
    }

    /// Behind the command, a digit that is no language's is a wish to see which there are: `LUGHA 9`.
    fn asks_for_the_menu(&self, text: &Normalised) -> Option<(Keyword, Option<LanguageId>)> {
        let (command, digit) = text.folded().split_once(' ')?;
        let is_digit = digit.bytes().all(|byte| byte.is_ascii_digit());
        let known = self.vocabulary.keyword(command)?;
        (is_digit && known.0 == Keyword::Language).then_some(known)
    }

    /// The language that a text asks for behind the command, by its digit in the menu, its name or its code: `LUGHA 2`.
    pub fn language_wanted(&self, text: &Normalised) -> Option<LanguageId> {
        let (command, wanted) = text.folded().split_once(' ')?;
        let (Keyword::Language, _) = self.vocabulary.keyword(command)? else {
            return None;
        };
        let languages = self.languages().zip(1..);
        let is_wanted = |(language, digit): &(&Language, usize)| {
            digit.to_string() == wanted || language.is_called(wanted)
        };
        languages
            .into_iter()
            .find(is_wanted)
            .map(|(language, _)| language.id.clone())
    }

    /// A short text without the words that change nothing around a command, an answer or a number.
    pub fn gist(&self, text: &Normalised) -> Option<Normalised> {
        self.vocabulary.gist(text)
    }

    /// The word that a text is, where it can stand for a digit.
    pub fn choice(&self, text: &Normalised) -> Option<Choice> {
        self.vocabulary.choice(text)
    }

    /// Whether a text is only a greeting or thanks, of three words at most.
    pub fn is_only_greeting(&self, text: &Normalised) -> bool {
        self.vocabulary.is_only_greeting(text)
    }

    /// Whether any of its words is a frequent one of some language.
    pub fn has_a_frequent_word(&self, text: &Normalised) -> bool {
        self.vocabulary.has_a_frequent_word(text)
    }

    /// The language of a text, folded into `words`, where it can be told: by its frequent words, else by its letters.
    pub fn detect(&self, text: &str, words: &Normalised) -> Option<LanguageId> {
        match self.vocabulary.likeliest(words).as_slice() {
            [language] => Some((*language).clone()),
            [] => {
                guess::language_of(text, words).filter(|guessed| self.language(guessed).is_some())
            }
            tied => guess::language_of(text, words).filter(|guessed| tied.contains(&guessed)),
        }
    }

    /// Whether a word is frequent in some language, and so says little.
    pub fn is_frequent(&self, word: &str) -> bool {
        self.vocabulary.is_frequent(word)
    }
}
