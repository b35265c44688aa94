//! What the console's pages say, in each language: one file a language, checked against what the pages ask for.
//!
//! A new language is one file beside `en.toml` and one line in [`FILES`]. `direction = "rtl"` is for one that is written from right to
//! left. Rejected: Fluent, whose texts are looked up by name when a page is shown, so that a misspelt one is found by a reader.

mod figures;
mod sections;

use toml::Table;

use crate::complaint::LanguageId;
use crate::pages::{Common, Grammar, wished_for};

pub(in crate::console) use sections::*;

/// The languages, by their ISO 639-1 code; the first is shown where nothing else is wished for.
const FILES: &[(&str, &str)] = &[
    ("en", include_str!("en.toml")),
    ("sw", include_str!("sw.toml")),
    ("fr", include_str!("fr.toml")),
    ("ar", include_str!("ar.toml")),
];

/// The pages' language with all that they say.
#[derive(Clone, Debug)]
pub(in crate::console) struct Language {
    /// Its ISO 639-1 code.
    pub(in crate::console) id: LanguageId,
    /// Its name in itself.
    pub(in crate::console) name: String,
    /// How it is written: `ltr` or `rtl`.
    pub(in crate::console) direction: &'static str,
    /// The months' names as dates have them, January first.
    pub(in crate::console) months: Vec<String>,
    /// The days' names as dates have them, Monday first.
    pub(in crate::console) weekdays: Vec<String>,
    /// All texts.
    pub(in crate::console) words: Words,
    /// What the public's pages call alike.
    pub(in crate::console) common: Common,
}

/// All languages of the console.
#[derive(Clone, Debug)]
pub(crate) struct Languages(Vec<Language>);

impl Languages {
    /// Reads the files. They are part of the program, and a test holds that nothing is wrong with them.
    ///
    /// # Errors
    /// All that is wrong with them, a line each.
    pub(crate) fn load() -> Result<Self, String> {
        Self::read(FILES)
    }

    fn read(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut all = Vec::new();
        let mut wrong = Vec::new();
        for (id, text) in files {
            match read(id, text) {
                Ok(language) => all.push(language),
                Err(found) => {
                    wrong.extend(found.into_iter().map(|what| format!("{id}.toml: {what}")))
                }
            }
        }
        if wrong.is_empty() && !all.is_empty() {
            Ok(Self(all))
        } else {
            Err(wrong.join("\n"))
        }
    }

    /// All of them, as they are offered.
    pub(in crate::console) fn iter(&self) -> impl Iterator<Item = &Language> {
        self.0.iter()
    }

    /// The language that somebody chose, else the first that their browser asks for and there is, else the first of all.
    /// `accepted` is the header `Accept-Language`; its order is taken for the order of preference, which it is in every browser.
    pub(in crate::console) fn choose(
        &self,
        chosen: Option<&LanguageId>,
        accepted: &str,
    ) -> Option<&Language> {
        let found = wished_for(chosen, accepted)
            .find_map(|wish| self.0.iter().find(|language| language.id.as_str() == wish));
        found.or_else(|| self.0.first())
    }
}

/// Reads one file.
fn read(id: &str, text: &str) -> Result<Language, Vec<String>> {
    let file: Table = text.parse().map_err(|error| vec![format!("{error}")])?;
    let mut wrong = Vec::new();
    let name = file.get("name").and_then(toml::Value::as_str);
    let direction = match file.get("direction").and_then(toml::Value::as_str) {
        Some("ltr") => Some("ltr"),
        Some("rtl") => Some("rtl"),
        _ => None,
    };
    if direction.is_none() {
        wrong.push("direction is `ltr` or `rtl`".to_owned());
    }
    let grammar = Grammar::of(id, direction.unwrap_or_default())
        .ok_or_else(|| vec!["its name is no code of a language".to_owned()])?;
    let words = Words::read(&file, &grammar, &mut wrong);
    let common = Common::of(id, &grammar, &mut wrong);
    let (months, weekdays) = (names(&file, "months"), names(&file, "weekdays"));
    if months.len() != 12 {
        wrong.push("months are 12 names".to_owned());
    }
    if weekdays.len() != 7 {
        wrong.push("weekdays are 7 names".to_owned());
    }
    let known = |key: &str| {
        ["name", "direction", "months", "weekdays"].contains(&key) || Words::SECTIONS.contains(&key)
    };
    let odd = file.keys().filter(|key| !known(key));
    wrong.extend(odd.map(|key| format!("{key} is nothing that a page asks for")));
    match (name, direction, common) {
        (Some(name), Some(direction), Some(common)) if wrong.is_empty() => Ok(Language {
            id: LanguageId::new(id),
            name: name.to_owned(),
            direction,
            months,
            weekdays,
            words,
            common,
        }),
        (None, ..) => {
            wrong.push("name is missing".to_owned());
            Err(wrong)
        }
        _ => Err(wrong),
    }
}

fn names(file: &Table, key: &str) -> Vec<String> {
    let list = file.get(key).and_then(toml::Value::as_array);
    let names = list.into_iter().flatten().filter_map(toml::Value::as_str);
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> &'static str {
        FILES[0].1
    }

    /// What is wrong with English once a line of it reads otherwise.
    fn wrong(from: &str, to: &str) -> String {
        assert!(english().contains(from), "en.toml has no {from}");
        let altered = english().replacen(from, to, 1);
        Languages::read(&[("en", &altered)]).unwrap_err()
    }

    #[test]
    fn every_language_has_all_that_the_pages_say_and_nothing_else() {
        let languages = Languages::load().unwrap();
        assert_eq!(languages.iter().count(), FILES.len());
    }

    #[test]
    fn each_file_here_is_a_language() {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console/words");
        let names = std::fs::read_dir(here)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        let files = names.filter_map(|name| {
            Some(
                name.into_string()
                    .unwrap()
                    .strip_suffix(".toml")?
                    .to_owned(),
            )
        });
        for id in files {
            assert!(
                FILES.iter().any(|(known, _)| *known == id),
                "{id}.toml is no line of FILES"
            );
        }
    }

    #[test]
    fn what_is_missing_unknown_or_misspelt_is_refused() {
        assert_eq!(
            wrong("sign_out = ", "sing_out = ").lines().count(),
            2,
            "one missing, one unknown"
        );
        assert!(wrong("[nav]", "[nave]").contains("there is no section [nav]"));
        assert!(
            wrong("\"{weekday} {day}", "\"{weekday} {date}")
                .contains("{date}, which nothing fills")
        );
        assert!(wrong("\"ltr\"", "\"up\"").contains("direction"));
        assert!(wrong("\"Feb\", ", "").contains("12 names"));
        assert!(wrong("name = \"English\"", "").contains("name is missing"));
    }

    #[test]
    fn the_language_is_the_chosen_one_else_what_the_browser_asks_for() {
        let languages = Languages::load().unwrap();
        let choose = |chosen: Option<&str>, accepted: &str| {
            let chosen = chosen.map(LanguageId::new);
            languages
                .choose(chosen.as_ref(), accepted)
                .unwrap()
                .id
                .as_str()
                .to_owned()
        };
        assert_eq!(choose(Some("sw"), "en-GB,en;q=0.9"), "sw");
        assert_eq!(choose(None, "so, sw-KE;q=0.8, en;q=0.5"), "sw");
        assert_eq!(choose(Some("xx"), ""), "en", "one that there is no longer");
        assert_eq!(choose(None, "*"), "en");
    }
}
