//! Proves that the menu of languages fits in each of them: it names all, so no file tells by itself.

use super::fit;
use super::language::Language;
use super::template::{Saying, Template, Values};
use crate::complaint::TrackingNumber;
use crate::text::diagnostic::Diagnostic;

/// Checks the menu of each language, given with its file.
pub(super) fn check(languages: &[(&str, Language)]) -> Vec<Diagnostic> {
    let unwritable = languages
        .iter()
        .filter_map(|(file, language)| name_that_cannot_be_written(file, language, languages));
    let unwritable: Vec<_> = unwritable.collect();
    if !unwritable.is_empty() {
        return unwritable;
    }
    let too_long = languages
        .iter()
        .filter_map(|(file, language)| menu_that_is_too_long(file, language, languages));
    too_long.collect()
}

/// A name with a character that another language's menu lacks, told in the file that gives it.
fn name_that_cannot_be_written(
    file: &str,
    language: &Language,
    languages: &[(&str, Language)],
) -> Option<Diagnostic> {
    let readers = languages.iter().map(|(_, reader)| reader);
    let (reader, character) = readers
        .filter_map(|reader| Some((reader, reader.lacks(reader.name_of(language))?.1)))
        .next()?;
    let message = format!(
        "`{}` in `{}` is not in GSM-7: the menu of languages in {} would cost at least twice as much",
        fit::shown(character),
        reader.name_of(language),
        reader.name
    );
    Some(
        Diagnostic::error(file, None, message)
            .help("add its name in letters that all phones have: `menu_name = \"Arabic\"`"),
    )
}

fn menu_that_is_too_long(
    file: &str,
    language: &Language,
    languages: &[(&str, Language)],
) -> Option<Diagnostic> {
    let names = languages.iter().map(|(_, other)| language.name_of(other));
    let choices: Vec<_> = names.map(str::to_owned).collect();
    let values = Values {
        number: Some(TrackingNumber::from_value(9_999_999_999)),
        choices: &choices,
        ..Values::default()
    };
    let again = Saying {
        lead: Template::Again,
        question: Some(Template::AskLanguage),
    };
    let sayings = [again, Saying::from(Template::AskLanguage)];
    let texts = sayings.map(|saying| language.render(saying, &values));
    let text = texts.iter().find(|text| !language.fits(text))?;
    let message = format!(
        "`ask_language` in {} is too long with the names of all languages: {}; {} fit",
        language.name,
        fit::told(text),
        language.units_allowed()
    );
    Some(
        Diagnostic::error(file, None, message)
            .help("shorten it, or the `menu_name` of other languages"),
    )
}
