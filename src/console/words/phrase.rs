//! One text in one language, with places for values, and a form for each number that the language tells apart.

use std::fmt::{Display, Write as _};

/// The placeholder of the number in a text that depends on one.
const COUNT: &str = "n";

/// Which numbers a language tells apart: the categories of CLDR 48's cardinal rules, for whole numbers.
pub(super) type Rules = fn(u64) -> Category;

/// A form of words that goes with some numbers (CLDR, "Language Plural Rules").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    const ALL: [Self; 6] = [
        Self::Zero,
        Self::One,
        Self::Two,
        Self::Few,
        Self::Many,
        Self::Other,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// The rules of a language; of one that is not listed, those of most.
pub(super) fn rules(language: &str) -> Rules {
    match language {
        "ar" => |n| match (n, n % 100) {
            (0, _) => Category::Zero,
            (1, _) => Category::One,
            (2, _) => Category::Two,
            (_, 3..=10) => Category::Few,
            (_, 11..=99) => Category::Many,
            _ => Category::Other,
        },
        "fr" => |n| match n {
            0 | 1 => Category::One,
            _ if n % 1_000_000 == 0 => Category::Many,
            _ => Category::Other,
        },
        _ => |n| match n {
            1 => Category::One,
            _ => Category::Other,
        },
    }
}

/// The forms that a language needs: those that some number up to a million calls for.
fn forms(rules: Rules) -> Vec<Category> {
    let called_for: Vec<Category> = (0..=200).chain([1_000_000]).map(rules).collect();
    let needed = |form: &Category| called_for.contains(form);
    Category::ALL.into_iter().filter(needed).collect()
}

/// A text with its places.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrase {
    /// `None` in a text that no number changes.
    rules: Option<Rules>,
    /// The forms with the numbers they are for; one, for `Other`, where no number changes it.
    forms: Vec<(Category, Vec<Part>)>,
}

#[derive(Clone, Debug)]
enum Part {
    Words(String),
    Slot(String),
}

impl Phrase {
    /// Reads a text; the error says what is wrong with it, to stand behind its name.
    pub(super) fn read(
        value: &toml::Value,
        slots: &[&str],
        rules: Option<Rules>,
    ) -> Result<Self, String> {
        let Some(rules) = rules else {
            let text = value.as_str().ok_or("is no text")?;
            let parts = parts(text)?;
            check(&parts, slots, false)?;
            return Ok(Self {
                rules: None,
                forms: vec![(Category::Other, parts)],
            });
        };
        let table = value
            .as_table()
            .ok_or("has no forms for numbers: { one = …, other = … }")?;
        let needed = forms(rules);
        if let Some(odd) = table
            .keys()
            .find(|key| !needed.iter().any(|form| form.word() == *key))
        {
            return Err(format!("has a form `{odd}` that its language does not use"));
        }
        let form = |form: Category| {
            let text = table
                .get(form.word())
                .and_then(toml::Value::as_str)
                .ok_or_else(|| format!("has no form `{}`", form.word()))?;
            let parts = parts(text)?;
            check(&parts, slots, true)?;
            Ok((form, parts))
        };
        Ok(Self {
            rules: Some(rules),
            forms: needed
                .into_iter()
                .map(form)
                .collect::<Result<_, String>>()?,
        })
    }

    /// The text with these values.
    pub(super) fn fill(&self, count: Option<u64>, values: &[(&str, &dyn Display)]) -> String {
        let wanted = match (self.rules, count) {
            (Some(rules), Some(count)) => rules(count),
            _ => Category::Other,
        };
        let parts = self.forms.iter().find(|(form, _)| *form == wanted);
        let mut text = String::new();
        for part in parts.into_iter().flat_map(|(_, parts)| parts) {
            // Writing to a string does not fail.
            let _ = match part {
                Part::Words(words) => text.write_str(words),
                Part::Slot(slot) if slot == COUNT && count.is_some() => {
                    write!(text, "{}", count.unwrap_or_default())
                }
                Part::Slot(slot) => values
                    .iter()
                    .find(|(name, _)| name == slot)
                    .map_or(Ok(()), |(_, value)| write!(text, "{value}")),
            };
        }
        text
    }
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

    fn read(toml: &str, slots: &[&str], language: Option<&str>) -> Result<Phrase, String> {
        let table: toml::Table = format!("text = {toml}").parse().unwrap();
        Phrase::read(&table["text"], slots, language.map(rules))
    }

    fn wrong(toml: &str, slots: &[&str], language: Option<&str>) -> String {
        read(toml, slots, language).unwrap_err()
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
        let told = [0, 1, 2, 3, 10, 11, 99, 100, 103, 111].map(|n| arabic.fill(Some(n), &[]));
        assert_eq!(
            told,
            [
                "z", "o", "t", "f3", "f10", "m11", "m99", "x100", "f103", "m111"
            ]
        );
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
