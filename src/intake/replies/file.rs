//! One language's file, read and checked.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fit::{self, Named, Written};
use super::language::Language;
use super::template::Template;
use super::wording::Wording;
use super::words::{Choice, Command, Keyword, Synonym, Words};
use crate::complaint::{LanguageId, TrackingNumber, is_language_code};
use crate::intake::numbers;
use crate::text::diagnostic::Diagnostic;
use crate::text::gsm7::Encoding;
use crate::text::normalise::Normalised;
use crate::text::toml_file::{self, Report};

const KEYS: [&str; 10] = [
    "name",
    "menu_name",
    "called",
    "encoding",
    "between_groups",
    "between_choices",
    "months",
    "free",
    "words",
    "texts",
];
const WORD_LISTS: [&str; 14] = [
    "stop", "start", "help", "status", "language", "yes", "no", "partly", "woman", "man", "around",
    "greeting", "thanks", "common",
];
const REQUIRED: [&str; 5] = ["name", "months", "free", "words", "texts"];

/// Reads a file: the language with its texts, and the words that people send in it. What is wrong is told whole, whatever
/// else could be read.
pub(super) fn read(
    file: &str,
    source: &str,
    named: Named<'_>,
) -> Result<(Language, Words), Vec<Diagnostic>> {
    let (table, mut report) = toml_file::read(file, source);
    let id = language_id(file, &mut report);
    let language = read_language(id, table.get_ref(), named, &mut report);
    let words = table.get_ref().get("words");
    let words = words.map(|value| read_words(value, &mut report));
    let findings = report.into_findings();
    match words {
        Some(words) if findings.is_empty() => Ok((language, words)),
        _ => Err(findings),
    }
}

/// The id that the file is named by.
fn language_id(file: &str, report: &mut Report<'_>) -> LanguageId {
    let stem = file
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".toml"))
        .unwrap_or(file);
    if !is_language_code(stem) {
        report.error_in_file(
            format!("`{stem}` is no language"),
            "name the file by the language's ISO 639-1 code in small letters: `en.toml`, `sw.toml`",
        );
    }
    LanguageId::new(stem)
}

fn read_language(
    id: LanguageId,
    table: &DeTable<'_>,
    named: Named<'_>,
    report: &mut Report<'_>,
) -> Language {
    report.names("key", table, None, &KEYS, &REQUIRED);
    let name = table
        .get("name")
        .and_then(|value| report.text("name", value));
    let menu_name = table
        .get("menu_name")
        .and_then(|value| report.text("menu_name", value));
    let encoding = table
        .get("encoding")
        .and_then(|value| read_encoding(value, report))
        .unwrap_or(Encoding::Gsm7);
    let called = table
        .get("called")
        .map(|_| read_list(table, "called", report));
    let between_groups = read_between(table, "between_groups", report);
    let between_choices = read_between(table, "between_choices", report);
    let months = table
        .get("months")
        .map(|value| read_months(value, report))
        .unwrap_or_default();
    let free = table
        .get("free")
        .and_then(|value| Some((report.text("free", value)?, value.span())));
    let texts = table
        .get("texts")
        .map(|value| read_texts(value, report))
        .unwrap_or_default();

    // What could not be read is left empty: the faults of the rest are told all the same.
    let mut language = Language {
        id,
        name: name.unwrap_or_default().to_owned(),
        menu_name: menu_name.or(name).unwrap_or_default().to_owned(),
        called: called
            .into_iter()
            .flatten()
            .map(|(name, _)| name.folded().to_owned())
            .collect(),
        encoding,
        between_groups: between_groups
            .as_ref()
            .map_or(" ", |(groups, _)| *groups)
            .to_owned(),
        between_choices: between_choices
            .as_ref()
            .map_or(", ", |(choices, _)| *choices)
            .to_owned(),
        months: std::array::from_fn(|at| {
            months
                .get(at)
                .map(|(month, _)| (*month).to_owned())
                .unwrap_or_default()
        }),
        free: free
            .as_ref()
            .map(|(free, _)| (*free).to_owned())
            .unwrap_or_default(),
        wordings: BTreeMap::new(),
    };
    if let Some((_, span)) = &between_groups {
        check_number(&language, span.clone(), report);
    }
    let parts = months.into_iter().chain(free);
    for (text, span) in parts.chain(between_groups).chain(between_choices) {
        fit::check_alphabet(&language, text, span, report);
    }
    let (texts, wordings): (Vec<_>, _) = texts
        .into_iter()
        .filter_map(|written| read_wording(written, report))
        .unzip();
    language.wordings = wordings;
    fit::check(&language, &texts, named, report);
    language
}

fn read_between<'t>(
    table: &'t DeTable<'_>,
    key: &str,
    report: &mut Report<'_>,
) -> Option<(&'t str, Range<usize>)> {
    let value = table.get(key)?;
    Some((report.text(key, value)?, value.span()))
}

/// People send a tracking number back as they got it.
fn check_number(language: &Language, span: Range<usize>, report: &mut Report<'_>) {
    let number = TrackingNumber::from_value(4_821_093_753);
    let found = numbers::find(&language.number(number));
    if !matches!(found.as_slice(), [group] if group.number == Ok(number)) {
        report.error_with(
            span,
            format!(
                "a number written `{}` would not be known when people send it back",
                language.number(number)
            ),
            "a space, a dash or nothing stands between its groups",
        );
    }
}

fn read_encoding(value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<Encoding> {
    match report.text("encoding", value)? {
        "gsm7" => Some(Encoding::Gsm7),
        "ucs2" => Some(Encoding::Ucs2),
        other => {
            report.unknown(value.span(), "encoding", other, ["gsm7", "ucs2"]);
            None
        }
    }
}

fn read_months<'t>(
    value: &'t Spanned<DeValue<'_>>,
    report: &mut Report<'_>,
) -> Vec<(&'t str, Range<usize>)> {
    let Some(list) = report.list("months", value) else {
        return Vec::new();
    };
    if list.len() != 12 {
        report.error(
            value.span(),
            format!("a year has 12 months, and here are {}", list.len()),
        );
    }
    report.texts("months", value)
}

fn read_texts<'t>(value: &'t Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Vec<Written<'t>> {
    let Some(table) = report.section("texts", value) else {
        return Vec::new();
    };
    let keys: Vec<_> = Template::all().map(Template::key).collect();
    report.names("text", table, Some(value.span()), &keys, &keys);
    let present =
        Template::all().filter_map(|template| Some((template, table.get(template.key())?)));
    present
        .filter_map(|(template, value)| {
            let text = report.text(template.key(), value)?;
            if Normalised::new(text).is_blank() {
                let message = format!("`{}` has nothing to read", template.key());
                report.error(value.span(), message);
            }
            Some(Written {
                template,
                text,
                span: value.span(),
            })
        })
        .collect()
}

fn read_words(value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Words {
    let mut words = Words::default();
    let Some(table) = report.section("words", value) else {
        return words;
    };
    report.names(
        "word list",
        table,
        Some(value.span()),
        &WORD_LISTS,
        &WORD_LISTS,
    );
    for keyword in Keyword::ALL {
        let list = read_list(table, keyword.key(), report);
        let commands = list.into_iter().map(|(word, span)| Command {
            keyword,
            word: word.folded().to_owned(),
            span,
        });
        words.commands.extend(commands);
    }
    for choice in Choice::ALL {
        let list = read_list(table, choice.key(), report).into_iter();
        let choices = list.map(|(word, span)| Synonym {
            choice,
            word: word.folded().to_owned(),
            span,
        });
        words.choices.extend(choices);
    }
    words
        .small_talk
        .extend(read_single_words(table, "greeting", report));
    let thanks = read_single_words(table, "thanks", report);
    words.around.extend(thanks.iter().cloned());
    words.small_talk.extend(thanks);
    words
        .around
        .extend(read_single_words(table, "around", report));
    words
        .common
        .extend(read_single_words(table, "common", report));
    words
}

/// A list of words or phrases, folded.
fn read_list(
    table: &DeTable<'_>,
    key: &str,
    report: &mut Report<'_>,
) -> Vec<(Normalised, Range<usize>)> {
    let list = table
        .get(key)
        .map(|value| report.texts(key, value))
        .unwrap_or_default();
    let folded: Vec<_> = list
        .into_iter()
        .map(|(text, span)| (Normalised::new(text), span))
        .collect();
    for (_, span) in folded.iter().filter(|(word, _)| word.is_blank()) {
        report.error(
            span.clone(),
            format!("an entry of `{key}` without a letter"),
        );
    }
    folded
}

/// A list that is held against a text word by word.
fn read_single_words(table: &DeTable<'_>, key: &str, report: &mut Report<'_>) -> Vec<String> {
    let list = read_list(table, key, report);
    for (_, span) in list.iter().filter(|(word, _)| word.words().len() > 1) {
        report.error_with(
            span.clone(),
            format!("an entry of `{key}` of several words"),
            "make each word an entry",
        );
    }
    list.into_iter()
        .map(|(word, _)| word.folded().to_owned())
        .collect()
}

/// Takes a text apart, or tells what is wrong with it.
fn read_wording<'t>(
    written: Written<'t>,
    report: &mut Report<'_>,
) -> Option<(Written<'t>, (&'static str, Wording))> {
    let key = written.template.key();
    match Wording::parse(written.text, written.template.slots()) {
        Ok(wording) => Some((written, (key, wording))),
        Err(faults) => {
            for fault in faults {
                let part = report.within(written.span.clone(), written.text, fault.part);
                report.error_with(part, format!("`{key}`: {}", fault.message), fault.help);
            }
            None
        }
    }
}
