//! What people are answered, in their language: texts that stand in files, one a language, each proven to fit its
//! segments before it can be sent.

use crate::complaint::{LanguageId, Organisation};
use crate::text::diagnostic::Diagnostic;
use crate::text::normalise::Normalised;

mod file;
mod fit;
mod free_words;
mod language;
mod template;
mod wording;
mod words;

#[cfg(test)]
mod tests;

use fit::Named;
pub use language::Language;
pub use template::{Template, Values};
pub use words::Keyword;
use words::Vocabulary;

/// The languages that people are answered in.
#[derive(Clone, Debug)]
pub struct Replies {
    first: Language,
    others: Vec<Language>,
    vocabulary: Vocabulary,
}

impl Replies {
    /// Reads the languages' files, given as names (`replies/sw.toml`) and sources. The organisations, and the names of
    /// places, are those that the texts may come to hold.
    ///
    /// # Errors
    /// All that is wrong with any of the files, and with no file at all.
    pub fn load(
        files: &[(String, String)],
        organisations: &[&Organisation],
        places: &[&str],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut languages = Vec::new();
        let mut vocabulary = Vocabulary::new();
        let mut findings = Vec::new();
        let named = Named {
            organisations,
            places,
        };
        for (name, source) in files {
            match file::read(name, source, named) {
                Ok((language, words)) => {
                    findings.extend(vocabulary.learn(name, &language.id, words));
                    languages.push(language);
                }
                Err(found) => findings.extend(found),
            }
        }
        let mut languages = languages.into_iter();
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
        self.vocabulary.keyword(text)
    }

    /// Whether a text is only a greeting or thanks, of three words at most.
    pub fn is_only_greeting(&self, text: &Normalised) -> bool {
        self.vocabulary.is_only_greeting(text)
    }

    /// The language of a text by its frequent words, where they tell one.
    pub fn detect(&self, text: &Normalised) -> Option<LanguageId> {
        self.vocabulary.detect(text)
    }
}
