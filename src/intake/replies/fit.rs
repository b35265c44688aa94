//! Proves that each text of a language fits its segments, whatever it will name.
//!
//! A text one character too long, or with one `’` in it, costs every person's reply twice, and nobody would see it until
//! the bill. So each text, with each question that may come behind it, is written out with the longest organisation, the longest date,
//! the longest place, a menu of the two longest names, and all that can be left out, and a language with one that does not fit is
//! refused. A menu of more places may still be too long: then the text that asks in words is sent, which is proven. Before a question
//! the words that texts are free are left out where there is no room.

use std::ops::Range;

use chrono::NaiveDate;

use super::language::Language;
use super::template::{Placeholder, Saying, Template, Values};
use crate::complaint::{Organisation, Sector, TrackingNumber};
use crate::text::gsm7::{self, Count, Encoding};
use crate::text::toml_file::Report;

/// What an officer writes is cut to what there is room for, and so much there must be room for.
const FEWEST_WORDS: &str = "The pump was ordered, it comes on Friday";

/// A text in the file: the template, its words and their place.
pub(super) struct Written<'a> {
    pub(super) template: Template,
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
}

/// What texts may come to name.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) organisations: &'a [&'a Organisation],
    /// What complaints are about.
    pub(super) sectors: &'a [&'a Sector],
    /// The names of places.
    pub(super) places: &'a [&'a str],
}

/// What makes texts longest.
struct Longest<'a> {
    organisations: Vec<&'a str>,
    /// Two names of places, the longest first.
    places: Vec<String>,
    /// Two names of sectors.
    sectors: Vec<String>,
}

/// Checks that the texts fit, whatever of this they name.
pub(super) fn check(
    language: &Language,
    texts: &[Written<'_>],
    named: Named<'_>,
    report: &mut Report<'_>,
) {
    let sectors: Vec<_> = named
        .sectors
        .iter()
        .map(|sector| sector.name_in(&language.id))
        .collect();
    let longest = Longest {
        organisations: longest_organisations(language, named.organisations, report),
        places: two_longest(language, named.places),
        sectors: two_longest(language, &sectors),
    };
    for written in texts {
        if let Some((at, character)) = language.lacks(written.text) {
            let text = worst(language, written.template.into(), &longest);
            tell_character(written, (at, character), &text, report);
        }
    }
    let is_clean = |template: Template| {
        let mut written = texts.iter().filter(|text| text.template == template);
        written.all(|text| language.lacks(text.text).is_none())
    };
    for written in texts.iter().filter(|text| is_clean(text.template)) {
        let lead = written.template;
        let too_long = lead
            .sayings()
            .filter(|saying| saying.question.is_none_or(is_clean))
            .find_map(|saying| too_long(language, saying, &longest));
        if let Some((saying, text)) = too_long {
            tell_too_long(language, written, saying, &text, report);
        }
    }
}

/// What is said at its longest, where that is too long.
fn too_long(
    language: &Language,
    saying: Saying,
    longest: &Longest<'_>,
) -> Option<(Saying, String)> {
    let text = worst(language, saying, longest);
    (!language.fits(&text)).then_some((saying, text))
}

fn longest_organisations<'a>(
    language: &Language,
    organisations: &[&'a Organisation],
    report: &mut Report<'_>,
) -> Vec<&'a str> {
    let names: Vec<_> = organisations
        .iter()
        .map(|organisation| organisation.short_name_in(&language.id))
        .collect();
    let (foreign, names): (Vec<_>, Vec<_>) = names
        .into_iter()
        .partition(|name| language.lacks(name).is_some());
    for name in foreign {
        tell_name(language, name, report);
    }
    longest(language.encoding, &names)
}

/// Of the names that this language can write: one that it cannot is left out of its texts.
fn two_longest(language: &Language, names: &[&str]) -> Vec<String> {
    let mut names: Vec<_> = names
        .iter()
        .filter(|name| language.lacks(name).is_none())
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(language.encoding.length(name)));
    names
        .into_iter()
        .take(2)
        .map(|name| (*name).to_owned())
        .collect()
}

/// Tells a character in a part of texts that takes every one of them to UCS-2.
pub(super) fn check_alphabet(
    language: &Language,
    text: &str,
    span: Range<usize>,
    report: &mut Report<'_>,
) {
    if let Some((at, character)) = language.lacks(text) {
        let part = report.within(span, text, at..at + character.len_utf8());
        let message = format!(
            "`{}` is not in GSM-7: texts with it cost at least twice as much",
            shown(character)
        );
        report.error_with(part, message, mend(character));
    }
}

fn tell_character(
    written: &Written<'_>,
    (at, character): (usize, char),
    text: &str,
    report: &mut Report<'_>,
) {
    let key = written.template.key();
    let part = at..at + character.len_utf8();
    let part = report.within(written.span.clone(), written.text, part);
    let message = format!(
        "`{}` in `{key}` is not in GSM-7: {}",
        shown(character),
        told(text)
    );
    report.error_with(part, message, mend(character));
}

fn tell_too_long(
    language: &Language,
    written: &Written<'_>,
    saying: Saying,
    text: &str,
    report: &mut Report<'_>,
) {
    let allowed = language.units_allowed();
    let over = language
        .encoding
        .length(text)
        .saturating_sub(allowed)
        .max(1);
    let with = saying
        .question
        .map(|question| format!(" with `{}` behind it", question.key()))
        .unwrap_or_default();
    let message = format!(
        "`{}`{with} in {} can come out too long: {}; {allowed} fit",
        saying.lead.key(),
        language.name,
        told(text)
    );
    report.error_with(
        written.span.clone(),
        message,
        format!("it is too long by {over}: shorten it, or what stands in it, such as an organisation's `short_name`"),
    );
}

/// A text with its count, for people.
pub(super) fn told(text: &str) -> String {
    let Count {
        encoding,
        units,
        segments,
    } = gsm7::count(text);
    let segments = if segments == 1 {
        "1 segment".to_owned()
    } else {
        format!("{segments} segments")
    };
    format!("“{text}” counts {units} {} in {segments}", encoding.units())
}

/// What is said at its longest.
fn worst(language: &Language, saying: Saying, longest: &Longest<'_>) -> String {
    let names_one = saying
        .lead
        .slots()
        .iter()
        .any(|slot| slot.placeholder == Placeholder::Organisation);
    let names = if names_one && !longest.organisations.is_empty() {
        longest.organisations.as_slice()
    } else {
        &[""]
    };
    let choices = match saying.question {
        Some(Template::AskSector) => &longest.sectors,
        _ => &longest.places,
    };
    let dates = longest_dates(language);
    let all = names.iter().flat_map(|name| {
        dates.iter().map(|date| {
            let number = Some(TrackingNumber::from_value(9_999_999_999));
            let values = Values {
                number,
                other: number,
                organisation: Some(name),
                date: Some(*date),
                since: Some(*date),
                place: longest.places.first().map(String::as_str),
                choices,
                words: Some(FEWEST_WORDS),
                free: saying.question.is_none(),
            };
            language.render_uncut(saying, &values)
        })
    });
    let length = |text: &String| (gsm7::count(text).segments, gsm7::count(text).units);
    all.max_by_key(length).unwrap_or_default()
}

/// The 30th of the months whose names are longest.
fn longest_dates(language: &Language) -> Vec<NaiveDate> {
    let months: Vec<_> = language.months.iter().map(String::as_str).collect();
    let longest = longest(language.encoding, &months);
    let day = |month: u32| {
        NaiveDate::from_ymd_opt(2028, month, 30).or(NaiveDate::from_ymd_opt(2028, month, 29))
    };
    let named = language
        .months
        .iter()
        .zip(1..)
        .filter(|(name, _)| longest.contains(&name.as_str()));
    named.filter_map(|(_, month)| day(month)).collect()
}

/// The names that can make a text longest: the longest of all, and the longest of those that take a text to UCS-2.
fn longest<'a>(encoding: Encoding, names: &[&'a str]) -> Vec<&'a str> {
    let by_length = |name: &&&str| encoding.length(name);
    let foreign = names
        .iter()
        .filter(|name| gsm7::first_outside_gsm7(name).is_some())
        .max_by_key(by_length);
    names
        .iter()
        .max_by_key(by_length)
        .into_iter()
        .chain(foreign)
        .copied()
        .collect()
}

fn tell_name(language: &Language, name: &str, report: &mut Report<'_>) {
    let Some((_, character)) = language.lacks(name) else {
        return;
    };
    report.error_in_file(
        format!("`{}` in the short name `{name}` is not in GSM-7: texts in {} with it cost at least twice as much", shown(character), language.name),
        format!("give the organisation a short name for this language, `short_names.{} = \"…\"` in routing.toml", language.id),
    );
}

impl Language {
    /// Whether a text keeps the segments that are allowed. What GSM-7 lacks is left out of the count: it is told where it
    /// stands, and not again with each text that it gets into.
    pub(super) fn fits(&self, text: &str) -> bool {
        match self.encoding {
            Encoding::Gsm7 => self.encoding.length(text) <= self.units_allowed(),
            Encoding::Ucs2 => gsm7::count(text).segments <= self.segments_allowed(),
        }
    }

    /// The first character that this language's encoding lacks.
    pub(super) fn lacks(&self, text: &str) -> Option<(usize, char)> {
        match self.encoding {
            Encoding::Gsm7 => gsm7::first_outside_gsm7(text),
            Encoding::Ucs2 => None,
        }
    }
}

/// A character for people: those that cannot be seen by their code point.
pub(super) fn shown(character: char) -> String {
    if character.is_control()
        || character.is_whitespace()
        || ('\u{200b}'..='\u{200f}').contains(&character)
    {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

/// What to write instead of a character that editors and word processors like to put.
fn mend(character: char) -> String {
    let instead = match character {
        '’' | '‘' | '`' | '´' => "'",
        '“' | '”' | '„' => "a straight quotation mark",
        '–' | '—' => "-",
        '…' => "...",
        '\u{a0}' | '\t' => "a plain space",
        'ç' => "c or Ç",
        _ => return "leave it out, or write `encoding = \"ucs2\"` for the whole language: 70 characters a segment".to_owned(),
    };
    format!("write {instead} instead")
}
