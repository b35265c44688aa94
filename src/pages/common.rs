//! What the console and the public's pages call alike: kinds of complaint, numbers and months.

use toml::Table;

use super::{Grammar, Reader, section};

/// A section for each language.
const WORDS: &str = include_str!("common.toml");
const LANGUAGES: [&str; 5] = ["en", "sw", "so", "ar", "fr"];

section! {
    /// The kinds of complaint that the sample rules tell apart, and how numbers and months are written.
    Common {
        abuse, corruption, delay, exclusion, fees, quality, service, staff_conduct, supplies,
        thousands(more, rest), decimal(whole, part), month_of(month, year),
    }
}

impl Common {
    /// Those of a language. They are part of the program, and a test holds that nothing is wrong with them.
    pub(crate) fn of(language: &str, grammar: &Grammar, wrong: &mut Vec<String>) -> Option<Self> {
        let file: Table = match WORDS.parse() {
            Ok(file) => file,
            Err(error) => {
                wrong.push(format!("{error}"));
                return None;
            }
        };
        let Some(section) = LANGUAGES.into_iter().find(|known| *known == language) else {
            wrong.push(format!("there are no common words in `{language}`"));
            return None;
        };
        Some(Self::read(Reader::new(section, &file, grammar, wrong)))
    }

    /// What a kind is called; one that is the administrator's own goes as they wrote it.
    pub(crate) fn kind(&self, kind: &str) -> String {
        match kind {
            "abuse" => self.abuse(),
            "corruption" => self.corruption(),
            "delay" => self.delay(),
            "exclusion" => self.exclusion(),
            "fees" => self.fees(),
            "quality" => self.quality(),
            "service" => self.service(),
            "staff conduct" => self.staff_conduct(),
            "supplies" => self.supplies(),
            own => own.to_owned(),
        }
    }

    /// `12,460`, as the language parts thousands.
    pub(crate) fn count(&self, count: u64) -> String {
        match count {
            0..1_000 => count.to_string(),
            _ => self.thousands(self.count(count / 1_000), format!("{:03}", count % 1_000)),
        }
    }

    /// One digit behind the sign that the language parts them by, unless it is nought.
    pub(crate) fn with_one_digit(&self, value: f64) -> String {
        let told = format!("{value:.1}");
        match told.split_once('.') {
            Some((whole, "0")) => whole.to_owned(),
            Some((whole, part)) => self.decimal(whole, part),
            None => told,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(language: &str) -> Common {
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        let grammar = Grammar::of(language, direction).unwrap();
        let mut wrong = Vec::new();
        let common = Common::of(language, &grammar, &mut wrong);
        assert_eq!(wrong, Vec::<String>::new(), "{language}");
        common.unwrap()
    }

    #[test]
    fn each_kind_of_the_sample_rules_has_its_words() {
        let rules = include_str!("../../config/routing.toml").lines();
        let kinds = rules.filter_map(|line| line.strip_prefix("kind = \"")?.strip_suffix('"'));
        let kinds: Vec<&str> = kinds.collect();
        assert!(!kinds.is_empty());
        for language in LANGUAGES {
            let common = of(language);
            for kind in &kinds {
                assert_ne!(common.kind(kind), *kind, "{language}");
            }
            assert_eq!(common.kind("own word"), "own word");
        }
    }

    #[test]
    fn numbers_are_parted_as_a_language_does() {
        let common = of("en");
        let told = [7, 999, 1_000, 1_020_004].map(|count| common.count(count));
        assert_eq!(told, ["7", "999", "1,000", "1,020,004"]);
        let common = of("fr");
        let told = [3.0, 3.04, 3.06, 0.25].map(|value| common.with_one_digit(value));
        assert_eq!(told, ["3", "3", "3,1", "0,2"]);
    }

    /// Its parts are held apart from what stands around them: without a direction of its own, 12.5 would be read as 5.12.
    #[test]
    fn a_number_reads_from_left_to_right_everywhere() {
        let common = of("ar");
        for number in [common.with_one_digit(12.5), common.count(12_460)] {
            assert!(number.contains("\u{2066}\u{2068}12\u{2069}"), "{number:?}");
        }
    }
}
