//! What the public pages say, in each language that people are texted in.

use toml::Table;

use crate::complaint::{LanguageId, Status};
use crate::pages::{Common, Grammar, Reader, section, wished_for};
use crate::reports::Period;

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

section! {
    /// What the figures say.
    Figures {
        link, title(county, month), title_none(county), lead, as_of(day), few, few_what, none, none_what,
        how_many, what, place, who, how_old, became, came(count), sensitive(count), sensitive_untold, more_than(percent, month, count),
        fewer_than(percent, month, count), as_many(month, count), before(month, count), before_few(month), most_about(name, count, all),
        most_from(name, count, all), most(name, count, all), women_men(women, men, untold), mostly_untold(count, all), each_few,
        said_solved(count), confirmed_by(count), in_time_of(percent), middle(days), open_still(count), open_none, untold(what), none_so_far(what), nothing_yet(what),
        hidden_what(hidden), as_table, other_months, data, data_what(convener), how_to_read, radio, caption_by(figure, what, month),
        sector, kind, sub_county, gender, age_group, channel, organisation, status, outcome, complaints, open, solved, confirmed, in_time,
        median, women, men, other_gender, sms, web, walk_in, paper, import, unconfirmed, not_solved, withdrawn,
        not_given, not_closed, all, more(count), shades, hidden, nothing,
        percent(percent), days[n], less_than_a_day,
    }
}

section! {
    /// What is read out on the radio.
    Radio {
        title(county, month), lead, hello(county, month), came(count), few(month), you_said(count), done(part), done_none, confirmed(part),
        middle(days), about(count), all, nearly_all, more_three_quarters, three_quarters, nearly_three_quarters, two_thirds, more_half,
        half, nearly_half, third, quarter, less_quarter, how, text, free, paid, keep, status, safe,
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
    /// As they are written in a date, and in full.
    months: Vec<String>,
    month_names: Vec<String>,
    pub(super) words: Words,
    pub(super) figures: Figures,
    pub(super) radio: Radio,
    /// What the console calls alike.
    pub(super) common: Common,
}

impl Words {
    /// Where a complaint stands.
    pub(super) fn of_status(&self, status: Status) -> String {
        match status {
            Status::Received => self.received(),
            Status::Referred => self.referred(),
            Status::Accepted => self.accepted(),
            Status::InProgress => self.in_progress(),
            Status::Resolved => self.resolved(),
            Status::Returned => self.returned(),
            Status::Reopened => self.reopened(),
            Status::Closed => self.closed(),
        }
    }
}

impl Language {
    /// A day, as people write it.
    pub(super) fn date(&self, day: chrono::NaiveDate) -> String {
        use chrono::Datelike;
        let month = usize::try_from(day.month0()).unwrap_or_default();
        let month = self.months.get(month).map_or("", String::as_str);
        self.words.date(day.day(), month, day.year())
    }

    /// A month, in full.
    pub(super) fn month(&self, month: &Period) -> String {
        use chrono::Datelike;
        let at = usize::try_from(month.from.month0()).unwrap_or_default();
        let name = self.month_names.get(at).map_or("", String::as_str);
        self.common.month_of(name, month.from.year())
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
    let figures = Figures::read(Reader::new("figures", &file, &grammar, &mut wrong));
    let radio = Radio::read(Reader::new("radio", &file, &grammar, &mut wrong));
    let common = Common::of(id, &grammar, &mut wrong);
    let [months, month_names] = ["months", "month_names"].map(|key| {
        let names = file.get(key).and_then(toml::Value::as_array);
        let names = names.into_iter().flatten().filter_map(toml::Value::as_str);
        let names: Vec<String> = names.map(str::to_owned).collect();
        if names.len() != 12 {
            wrong.push(format!("{key} are 12 names"));
        }
        names
    });
    match (said("name"), common) {
        (Some(name), Some(common)) if wrong.is_empty() => Ok(Language {
            id: LanguageId::new(id),
            name: name.to_owned(),
            direction,
            months,
            month_names,
            words,
            figures,
            radio,
            common,
        }),
        (Some(_), _) => Err(wrong.join("\n")),
        (None, _) => Err("name is missing".to_owned()),
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
