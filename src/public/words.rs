//! What the public pages say, in each language that people are texted in.

use toml::Table;

use crate::complaint::LanguageId;
use crate::pages::{Grammar, Reader, section, wished_for};

/// The languages, by their ISO 639-1 code.
const FILES: &[(&str, &str)] = &[
    ("en", include_str!("words/en.toml")),
    ("sw", include_str!("words/sw.toml")),
    ("so", include_str!("words/so.toml")),
    ("ar", include_str!("words/ar.toml")),
    ("fr", include_str!("words/fr.toml")),
];

section! {
    /// All texts of the public pages.
    Words {
        date(day, month, year), counties, title(county), lead, by_text, by_text_what, free, by_web, write, by_desk, by_desk_what(convener), next,
        next_number, next_act(accept, act), next_resolve(resolve, convener), next_verdict, days[n], hours[n], safe, safe_what, how, how_what,
        track, stop, partners, poster, home, languages, skip, poster_title, poster_text, poster_keep, poster_answer, form_title, words, words_what,
        place, no_place, sector, no_sector, phone, phone_what, language, whom, myself, another, brought_by, gender, woman, man, other,
        rather_not, age, under_18, aged_18, aged_35, aged_60, send, wrong, full, full_text, lacks_words, lacks_fewer(most), lacks_phone, lacks_other,
        lacks_name, got, number, code, code_what(convener), phone_proof, receipt_neutral, texted, again,
        altered, track_title, kept_private(who), track_number, track_proof, look, failed, failed_often, failed_text, stands, since(date), with(organisation), due(date),
        steps, received, referred, accepted, returned, in_progress, updated, asked, resolved, reopened, closed, too_many, too_many_what,
        not_there, not_there_what, broke_off, broke_off_what, foreign, foreign_what, unavailable, unavailable_what,
    }
}

/// One language.
#[derive(Clone, Debug)]
pub(super) struct Language {
    pub(super) id: LanguageId,
    /// Its name in itself.
    pub(super) name: String,
    /// How it is written: `ltr` or `rtl`.
    pub(super) direction: &'static str,
    months: Vec<String>,
    pub(super) words: Words,
}

impl Language {
    /// A day, as people write it.
    pub(super) fn date(&self, day: chrono::NaiveDate) -> String {
        use chrono::Datelike;
        let month = usize::try_from(day.month0()).unwrap_or_default();
        let month = self.months.get(month).map_or("", String::as_str);
        self.words.date(day.day(), month, day.year())
    }
}

/// All of them.
#[derive(Clone, Debug)]
pub(super) struct Languages(Vec<Language>);

impl Languages {
    /// Reads the files. They are part of the program, and a test holds that nothing is wrong with them.
    pub(super) fn load() -> Result<Self, String> {
        let read = FILES
            .iter()
            .map(|(id, text)| read(id, text).map_err(|wrong| format!("{id}.toml: {wrong}")));
        let all: Vec<Language> = read.collect::<Result<_, _>>()?;
        Ok(Self(all))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Language> {
        self.0.iter()
    }

    /// What somebody chose, else the first that their browser asks for and there is, else the county's, else the first of all.
    pub(super) fn choose(
        &self,
        chosen: Option<&LanguageId>,
        accepted: &str,
        of_county: Option<&LanguageId>,
    ) -> Option<&Language> {
        let of_county = of_county.map(|id| id.as_str().to_owned());
        let found = wished_for(chosen, accepted)
            .chain(of_county)
            .find_map(|wish| self.0.iter().find(|language| language.id.as_str() == wish));
        found.or_else(|| self.0.first())
    }
}

fn read(id: &str, text: &str) -> Result<Language, String> {
    let file: Table = text.parse().map_err(|error| format!("{error}"))?;
    let said = |key: &str| file.get(key).and_then(toml::Value::as_str);
    let direction = match said("direction") {
        Some("ltr") => "ltr",
        Some("rtl") => "rtl",
        _ => return Err("direction is `ltr` or `rtl`".to_owned()),
    };
    let grammar = Grammar::of(id, direction).ok_or("its name is no code of a language")?;
    let mut wrong = Vec::new();
    let words = Words::read(Reader::new("page", &file, &grammar, &mut wrong));
    let months: Vec<String> = file
        .get("months")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .map(str::to_owned)
        .collect();
    if months.len() != 12 {
        wrong.push("months are 12 names".to_owned());
    }
    match said("name") {
        Some(name) if wrong.is_empty() => Ok(Language {
            id: LanguageId::new(id),
            name: name.to_owned(),
            direction,
            months,
            words,
        }),
        Some(_) => Err(wrong.join("\n")),
        None => Err("name is missing".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_that_the_pages_say_and_nothing_else() {
        let languages = Languages::load().unwrap();
        assert_eq!(languages.iter().count(), 5);
        for language in languages.iter() {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 11).unwrap();
            assert!(language.date(day).contains("2026"), "{}", language.name);
        }
    }

    #[test]
    fn it_is_the_chosen_one_then_the_browsers_then_the_countys() {
        let languages = Languages::load().unwrap();
        let choose = |chosen: Option<&str>, accepted: &str, county: &str| {
            let (chosen, county) = (chosen.map(LanguageId::new), LanguageId::new(county));
            let language = languages.choose(chosen.as_ref(), accepted, Some(&county));
            language.unwrap().id.as_str().to_owned()
        };
        assert_eq!(choose(Some("ar"), "fr", "so"), "ar");
        assert_eq!(choose(None, "de, fr;q=0.8", "so"), "fr");
        assert_eq!(choose(None, "de", "so"), "so");
        assert_eq!(choose(Some("xx"), "", "xx"), "en");
    }
}
