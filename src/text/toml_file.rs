//! A TOML file read as far as it goes, so that one look tells all that is wrong with it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::nearest;

mod lists;
mod mends;
mod report;

pub use lists::{Closed, close};
pub use report::Report;

/// Reads a file; what is no TOML is in the report, and the table holds the rest.
pub fn read<'a>(file: &'a str, source: &'a str) -> (Spanned<DeTable<'a>>, Report<'a>) {
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut report = Report::new(file, source);
    for error in errors {
        report.syntax(&error);
    }
    (table, report)
}

/// The same for a file whose open lists were left out, each of which is told.
pub fn read_closed<'a>(
    file: &'a str,
    source: &'a Closed<'_>,
) -> (Spanned<DeTable<'a>>, Report<'a>) {
    let (table, mut report) = read(file, &source.text);
    for list in &source.left_out {
        let told = report.error_at(list.bracket.clone(), "this list is not closed");
        let help = "put `]` behind its last value, and a quote on both sides of each text";
        report.no_toml(list.lines.clone(), told.help(help));
    }
    (table, report)
}

/// So many right names are listed where none is near.
const LISTED: usize = 30;

/// The mend of a wrong name: the nearest right one, or all of them, if they are not too many.
pub fn did_you_mean<'b>(wrong: &str, known: impl IntoIterator<Item = &'b str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    match nearest(wrong, known.iter().copied()) {
        Some(right) => format!("did you mean `{right}`?"),
        None => list(known),
    }
}

fn list<'b>(known: impl IntoIterator<Item = &'b str>) -> String {
    let mut known = known.into_iter();
    let listed: Vec<_> = known.by_ref().take(LISTED).collect();
    let listed = listed.join(", ");
    match known.count() {
        0 => format!("known are: {listed}"),
        more => format!("known are: {listed} and {more} more"),
    }
}

/// What a value is, for people.
pub fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(report: Report<'_>) -> Vec<String> {
        report
            .into_findings()
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn every_syntax_error_is_told_and_the_rest_is_read() {
        let (table, report) = read("a.toml", "one = \ntwo = 2\nthree = 'x\nfour = 4\n");
        assert!(!report.is_whole());
        assert_eq!(messages(report).len(), 2);
        assert!(table.get_ref().get("two").is_some() && table.get_ref().get("four").is_some());
    }

    #[test]
    fn what_a_broken_line_leaves_behind_is_not_told_again() {
        let source = "one = \ntwo = 2\n";
        let (table, mut report) = read("a.toml", source);
        for (key, value) in table.get_ref() {
            report.unknown(key.span(), "key", key.get_ref(), ["three"]);
            report.text(key.get_ref(), value);
        }
        assert_eq!(
            messages(report).get(1..).unwrap(),
            [
                "unknown key `two`",
                "`two` must be a text in quotes, not a whole number"
            ]
        );
    }

    #[test]
    fn a_part_of_a_text_is_found_where_the_file_spells_it_plainly() {
        let source = "plain = \"a {b} c\"\nescaped = \"\\ta {b}\"\nlong = '''a {b}'''\n";
        let (table, report) = read("a.toml", source);
        let place = |key: &str, part| {
            let value = table.get_ref().get(key).unwrap();
            let text = value.get_ref().as_str().unwrap();
            source.get(report.within(value.span(), text, part)).unwrap()
        };
        assert_eq!(place("plain", 2..5), "{b}");
        assert_eq!(place("long", 2..5), "{b}");
        assert_eq!(place("escaped", 3..6), "\"\\ta {b}\"");
    }

    #[test]
    fn a_file_that_is_wrong_throughout_is_told_soon_and_at_bearable_length() {
        let source = "just words\n".repeat(100_000);
        let (_, report) = read("a.toml", &source);
        let told = messages(report);
        assert_eq!(told.len(), 1001);
        assert_eq!(
            told.last().unwrap(),
            "and 99000 more are wrong in this file"
        );
    }

    #[test]
    fn after_many_findings_no_near_name_is_looked_for() {
        let mut report = Report::new("a.toml", "");
        let mend = |report: &Report<'_>| report.did_you_mean("lissten", ["listen", "path"]);
        assert_eq!(mend(&report), "did you mean `listen`?");
        (0..50).for_each(|_| report.error(0..0, "wrong"));
        assert_eq!(mend(&report), "known are: listen, path");
        assert_eq!(report.nearest("lissten", ["listen"]), None);
    }

    #[test]
    fn of_very_many_names_some_are_listed() {
        let names: Vec<String> = (0..1000).map(|number| format!("name{number}")).collect();
        let told = did_you_mean("colour", names.iter().map(String::as_str));
        assert!(told.ends_with(", name29 and 970 more"), "{told}");
    }

    #[test]
    fn a_text_that_is_far_too_long_is_told() {
        let source = format!("one = \"{}\"\ntwo = 0x1\n", "a".repeat(4097));
        let (table, mut report) = read("a.toml", &source);
        let value = |key: &str| table.get_ref().get(key).unwrap();
        assert_eq!(report.text("one", value("one")), None);
        assert_eq!(report.number("two", value("two")), Some(1.0));
        assert_eq!(messages(report), ["`one` is far too long: 4097 bytes"]);
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest_or_with_all() {
        assert_eq!(
            did_you_mean("lissten", ["listen", "path"]),
            "did you mean `listen`?"
        );
        assert_eq!(
            did_you_mean("colour", ["listen", "path"]),
            "known are: listen, path"
        );
    }
}
