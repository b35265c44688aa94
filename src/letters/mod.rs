//! What emails to organisations, conveners and committees say, in each language: one file a language, which an administrator may edit.
//!
//! A letter names complaints by their numbers and says what is asked, or tells figures. It never has a phone number, a name or somebody's own words in
//! it: emails are copied, forwarded and printed.

mod paper;
mod words;

use chrono::{Datelike, NaiveDate};
use toml::Table;

use crate::complaint::LanguageId;
use crate::pages::Grammar;
use crate::text::diagnostic::{Diagnostic, Level};

pub use paper::{Figures, Item, Letter, Paper, Part, Row};
use words::Report;
pub(crate) use words::Words;

/// Written where nothing is in an organisation's language.
const FIRST: (&str, &str) = (
    "letters/en.toml",
    include_str!("../../config/letters/en.toml"),
);
/// The other languages that there are without any file.
const OWN: [(&str, &str); 4] = [
    (
        "letters/sw.toml",
        include_str!("../../config/letters/sw.toml"),
    ),
    (
        "letters/so.toml",
        include_str!("../../config/letters/so.toml"),
    ),
    (
        "letters/ar.toml",
        include_str!("../../config/letters/ar.toml"),
    ),
    (
        "letters/fr.toml",
        include_str!("../../config/letters/fr.toml"),
    ),
];

/// One language.
#[derive(Clone, Debug)]
pub(crate) struct Language {
    /// Its ISO 639-1 code.
    pub(crate) id: LanguageId,
    /// How it is written: `ltr` or `rtl`.
    pub(crate) direction: &'static str,
    /// The months' names, January first.
    months: Vec<String>,
    /// All that letters say.
    pub(crate) words: Words,
    /// Whether the report is in its words.
    has_report: bool,
}

impl Language {
    /// A day, as people write it.
    pub(crate) fn date(&self, day: NaiveDate) -> String {
        self.words
            .letter
            .date(day.day(), self.month(day), day.year())
    }

    /// The name of the month that a day lies in.
    pub(crate) fn month(&self, day: NaiveDate) -> &str {
        let month = usize::try_from(day.month0()).unwrap_or_default();
        self.months.get(month).map_or("", String::as_str)
    }
}

/// All languages.
#[derive(Clone, Debug)]
pub struct Letters {
    first: Language,
    others: Vec<Language>,
    /// What is worth a look and refuses nothing.
    notes: Vec<Diagnostic>,
}

impl Letters {
    /// Reads the files of `letters/`, by name. A language that has no file there says what jibu says by itself; a file without a section
    /// on the report has that of its language before it, or else English.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn load(files: &[(String, String)]) -> Result<Self, Vec<Diagnostic>> {
        let mut letters = Self {
            first: read(FIRST.0, FIRST.1, None)?,
            others: Vec::new(),
            notes: Vec::new(),
        };
        let mut found = Vec::new();
        for (name, text) in OWN {
            letters.take(read(name, text, None)?);
        }
        for (name, text) in files {
            let known = letters.language(&LanguageId::new(id_of(name)));
            match read(name, text, Some(&known.words.report)) {
                Ok(language) => {
                    let is_borrowed = !language.has_report && language.id != known.id;
                    letters.notes.extend(is_borrowed.then(|| borrowed(name)));
                    letters.take(language);
                }
                Err(wrong) => found.extend(wrong),
            }
        }
        if found.is_empty() {
            Ok(letters)
        } else {
            Err(found)
        }
    }

    /// What is worth a look in the files.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// A later file on a language stands for the whole of the one before.
    fn take(&mut self, language: Language) {
        let mut known = std::iter::once(&mut self.first).chain(&mut self.others);
        match known.find(|known| known.id == language.id) {
            Some(known) => *known = language,
            None => self.others.push(language),
        }
    }

    /// That language, or, where nothing is written in it, the first.
    pub(crate) fn language(&self, id: &LanguageId) -> &Language {
        let known = self.others.iter().find(|language| language.id == *id);
        known.unwrap_or(&self.first)
    }
}

/// That a report is in two languages.
fn borrowed(name: &str) -> Diagnostic {
    let what = "there is no section [report]: the committee's monthly report is in English";
    Diagnostic::new(Level::Note, name, None, what)
        .help("translate the one of the sample, config/letters/en.toml")
}

/// The language of a file: `en` of `letters/en.toml`.
fn id_of(name: &str) -> &str {
    let name = name.trim_start_matches("letters/");
    name.trim_end_matches(".toml")
}

/// Reads one file: `letters/en.toml`. `known`: what a report says where it has nothing on it.
fn read(name: &str, text: &str, known: Option<&Report>) -> Result<Language, Vec<Diagnostic>> {
    let told = |what: String| {
        let help = "the sample in config/letters/ has all of it to compare with; without the file jibu writes as it does there";
        Diagnostic::error(name, None, what).help(help)
    };
    let file: Table = text
        .parse()
        .map_err(|error| vec![told(format!("{error}"))])?;
    let id = id_of(name);
    let direction = match file.get("direction").and_then(toml::Value::as_str) {
        Some("ltr") => "ltr",
        Some("rtl") => "rtl",
        _ => return Err(vec![told("`direction` is \"ltr\" or \"rtl\"".to_owned())]),
    };
    let grammar = Grammar::of(id, direction);
    let grammar =
        grammar.ok_or_else(|| vec![told("its name is no code of a language".to_owned())])?;
    let mut wrong = Vec::new();
    let months = file.get("months").and_then(toml::Value::as_array);
    let months = months.into_iter().flatten().filter_map(toml::Value::as_str);
    let months: Vec<String> = months.map(str::to_owned).collect();
    if months.len() != 12 {
        wrong.push("`months` are twelve names".to_owned());
    }
    let words = Words::read(&file, &grammar, known, &mut wrong);
    if wrong.is_empty() {
        Ok(Language {
            id: LanguageId::new(id),
            direction,
            months,
            words,
            has_report: file.contains_key(words::REPORT),
        })
    } else {
        Err(wrong.into_iter().map(told).collect())
    }
}

#[cfg(test)]
mod tests;
