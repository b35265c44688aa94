//! One text in one language, with places for values, and a form for each number that the language tells apart.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The placeholder of the number in a text that depends on one.
const COUNT: &str = "n";

/// What begins and ends a piece that keeps its own order of letters: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';

/// RIGHT-TO-LEFT MARK: begins a text with places, so that it is taken for what it is where it stands in a place of another, whatever
/// its own places hold.
const FROM_THE_RIGHT: char = '\u{200f}';

/// How a language sets values into its texts.
#[derive(Clone, Debug)]
pub(crate) struct Grammar {
    /// Which numbers it tells apart (CLDR, "Language Plural Rules").
    plurals: Arc<PluralRules>,
    /// Whether each value keeps its own order of letters, whatever stands around it: in a text from right to left the marks beside a
    /// name, an address or an amount in Latin letters would else end up on its other side (UAX #9).
    isolates: bool,
}

impl Grammar {
    /// That of a language, by its ISO 639-1 code; `None`: it is no code.
    pub(crate) fn of(language: &str, direction: &str) -> Option<Self> {
        let locale: Locale = language.parse().ok()?;
        let plurals = PluralRules::try_new_cardinal((&locale).into()).ok()?;
        Some(Self {
            plurals: Arc::new(plurals),
            isolates: direction == "rtl",
        })
    }
}

/// What a form is called in the files: `one`, `few`.
fn word(form: PluralCategory) -> String {
    format!("{form:?}").to_lowercase()
}

/// A text with its places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrase {
    /// `None` in one that could not be read.
    grammar: Option<Grammar>,
    /// The forms with the numbers they are for; one, for `Other`, where no number changes it.
    forms: Vec<(PluralCategory, Vec<Part>)>,
}

#[derive(Clone, Debug)]
enum Part {
    Words(String),
    Slot(String),
}

impl Phrase {
    /// Reads a text; the error says what is wrong with it, to stand behind its name. `counted`: there is a form for each number that
    /// the language tells apart.
    pub(crate) fn read(
        value: &toml::Value,
        slots: &[&str],
        counted: bool,
        grammar: &Grammar,
    ) -> Result<Self, String> {
        let forms = if counted {
            counted_forms(value, slots, grammar)?
        } else {
            let parts = parts(value.as_str().ok_or("is no text")?)?;
            check(&parts, slots, false)?;
            vec![(PluralCategory::Other, parts)]
        };
        Ok(Self {
            grammar: Some(grammar.clone()),
            forms,
        })
    }

    /// The text with these values.
    pub(crate) fn fill(&self, count: Option<u64>, values: &[(&str, &dyn Display)]) -> String {
        let wanted = match (&self.grammar, count) {
            (Some(grammar), Some(count)) => grammar.plurals.category_for(count),
            _ => PluralCategory::Other,
        };
        let isolates = self.grammar.as_ref().is_some_and(|own| own.isolates);
        let parts = self.forms.iter().find(|(form, _)| *form == wanted);
        let parts = parts.map_or(&[][..], |(_, parts)| parts);
        let mut text = String::new();
        if isolates && parts.iter().any(|part| matches!(part, Part::Slot(_))) {
            text.push(FROM_THE_RIGHT);
        }
        for part in parts {
            // Writing to a string does not fail.
            let _ = match part {
                Part::Words(words) => text.write_str(words),
                Part::Slot(slot) if slot == COUNT && count.is_some() => {
                    write!(text, "{}", count.unwrap_or_default())
                }
                Part::Slot(slot) => match values.iter().find(|(name, _)| name == slot) {
                    Some((_, value)) if isolates => write!(text, "{ISOLATE}{value}{END}"),
                    Some((_, value)) => write!(text, "{value}"),
                    None => Ok(()),
                },
            };
        }
        text
    }
}

/// A form for each number that the language tells apart, and none besides.
fn counted_forms(
    value: &toml::Value,
    slots: &[&str],
    grammar: &Grammar,
) -> Result<Vec<(PluralCategory, Vec<Part>)>, String> {
    let table = value
        .as_table()
        .ok_or("has no forms for numbers: { one = …, other = … }")?;
    let needed: Vec<PluralCategory> = grammar.plurals.categories().collect();
    let odd = |key: &&String| !needed.iter().any(|form| word(*form) == **key);
    if let Some(odd) = table.keys().find(odd) {
        return Err(format!("has a form `{odd}` that its language does not use"));
    }
    let read = |form: PluralCategory| {
        let text = table
            .get(&word(form))
            .and_then(toml::Value::as_str)
            .ok_or_else(|| format!("has no form `{}`", word(form)))?;
        let parts = parts(text)?;
        check(&parts, slots, true)?;
        Ok((form, parts))
    };
    needed.into_iter().map(read).collect()
}

/// A text taken apart at `{…}`.
fn parts(text: &str) -> Result<Vec<Part>, String> {
    if text.trim().is_empty() {
        return Err("is empty".to_owned());
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').ok_or("has a { without its }")?;
        parts.push(Part::Words(words.to_owned()));
        parts.push(Part::Slot(slot.to_owned()));
        rest = after;
    }
    if rest.contains('}') {
        return Err("has a } without its {".to_owned());
    }
    parts.push(Part::Words(rest.to_owned()));
    Ok(parts)
}

/// Each placeholder is one that a page fills, and each that it fills is there; the number may be left to its form ("one day").
fn check(parts: &[Part], slots: &[&str], counted: bool) -> Result<(), String> {
    let named: Vec<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Slot(slot) => Some(slot.as_str()),
            Part::Words(_) => None,
        })
        .collect();
    let may = |slot: &&str| slots.contains(slot) || (counted && *slot == COUNT);
    if let Some(odd) = named.iter().find(|slot| !may(slot)) {
        return Err(format!("names {{{odd}}}, which nothing fills"));
    }
    match slots.iter().find(|slot| !named.contains(slot)) {
        Some(slot) => Err(format!("does not name {{{slot}}}")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grammar(language: &str, direction: &str) -> Grammar {
        Grammar::of(language, direction).unwrap()
    }

    fn read(toml: &str, slots: &[&str], language: Option<&str>) -> Result<Phrase, String> {
        let table: toml::Table = format!("text = {toml}").parse().unwrap();
        let grammar = grammar(language.unwrap_or("en"), "ltr");
        Phrase::read(&table["text"], slots, language.is_some(), &grammar)
    }

    fn wrong(toml: &str, slots: &[&str], language: Option<&str>) -> String {
        read(toml, slots, language).unwrap_err()
    }

    /// Which of these numbers take the same form.
    fn told(language: &str, numbers: &[u64]) -> Vec<String> {
        let rules = grammar(language, "ltr").plurals;
        let form = |number: &u64| word(rules.category_for(*number));
        numbers.iter().map(form).collect()
    }

    #[test]
    fn values_stand_where_the_language_wants_them() {
        let text = read(
            "'{day} {month}, {weekday}'",
            &["weekday", "day", "month"],
            None,
        )
        .unwrap();
        let values: [(&str, &dyn Display); 3] =
            [("weekday", &"Wed"), ("day", &14), ("month", &"Oct")];
        assert_eq!(text.fill(None, &values), "14 Oct, Wed");
    }

    #[test]
    fn each_number_has_its_form() {
        let english = read("{ one = 'one day', other = '{n} days' }", &[], Some("en")).unwrap();
        assert_eq!(english.fill(Some(1), &[]), "one day");
        assert_eq!(english.fill(Some(0), &[]), "0 days");
        let arabic =
            "{ zero = 'z', one = 'o', two = 't', few = 'f{n}', many = 'm{n}', other = 'x{n}' }";
        let arabic = read(arabic, &[], Some("ar")).unwrap();
        let told = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map(|n| arabic.fill(Some(n), &[]));
        assert_eq!(
            told,
            [
                "z", "o", "t", "f3", "f10", "m11", "m99", "x100", "x102", "f103", "m111"
            ]
        );
    }

    #[test]
    fn a_language_tells_its_own_numbers_apart() {
        let numbers = [0, 1, 2, 5, 1_000_000];
        let french = ["one", "one", "other", "other", "many"];
        assert_eq!(told("fr", &numbers), french);
        let swahili = ["other", "one", "other", "other", "other"];
        assert_eq!(told("sw", &numbers), swahili);
        let amharic = ["one", "one", "other", "other", "other"];
        assert_eq!(told("am", &numbers), amharic);
        assert!(Grammar::of("no code", "ltr").is_none());
    }

    #[test]
    fn from_right_to_left_each_value_keeps_its_own_order() {
        let text = toml::Value::from("{name}، {time}");
        let values: [(&str, &dyn Display); 2] = [("name", &"Wajir (Town)"), ("time", &"14:05")];
        let told = |language, direction| {
            let grammar = grammar(language, direction);
            let text = Phrase::read(&text, &["name", "time"], false, &grammar).unwrap();
            text.fill(None, &values)
        };
        let isolated = "\u{200f}\u{2068}Wajir (Town)\u{2069}، \u{2068}14:05\u{2069}";
        assert_eq!(told("ar", "rtl"), isolated);
        assert_eq!(told("en", "ltr"), "Wajir (Town)، 14:05");
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(wrong("1", &[], None), "is no text");
        assert_eq!(wrong("' '", &[], None), "is empty");
        assert_eq!(wrong("'a {b'", &["b"], None), "has a { without its }");
        assert_eq!(wrong("'a b}'", &[], None), "has a } without its {");
        assert_eq!(wrong("'{c}'", &[], None), "names {c}, which nothing fills");
        assert_eq!(wrong("'no'", &["b"], None), "does not name {b}");
        assert!(wrong("'{n} days'", &[], Some("en")).contains("no forms for numbers"));
        assert_eq!(
            wrong("{ other = '{n}' }", &[], Some("en")),
            "has no form `one`"
        );
        let few = "{ one = 'a', few = 'b', other = 'c' }";
        assert!(wrong(few, &[], Some("en")).contains("`few`"));
    }
}
