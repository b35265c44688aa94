//! What to do about a line that is no TOML: the parser names what it stumbled over, and hardly ever what was meant.

use std::ops::Range;

use toml::de::DeValue;

/// Quotes that a word processor or a phone puts in place of `"`.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '«'];
/// Spaces that look like one and are none.
const ODD_SPACES: [char; 2] = ['\u{a0}', '\u{202f}'];

/// The mend of what the parser tells with `message` at that place; `None` where it says it all.
pub(super) fn mend(message: &str, source: &str, at: &Range<usize>) -> Option<&'static str> {
    let before = source.get(..at.start)?;
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = source.get(line_start..)?.lines().next()?;
    let up_to = source.get(line_start..at.start)?;
    let from = source.get(at.start..)?;
    let written = line.trim_start();
    let says = |words: &str| message.contains(words);
    Some(match () {
        () if ["<<<<<<<", "=======", ">>>>>>>"]
            .iter()
            .any(|mark| written.starts_with(mark)) =>
        {
            "two people's edits were put together here: keep one of both, and take the marks out"
        }
        () if from.starts_with(CURLY) => {
            "write straight quotes, \", on both sides of a text: an editor for plain text puts no others"
        }
        () if from.starts_with(ODD_SPACES) || up_to.ends_with(ODD_SPACES) => {
            "there is a space in this line that is none: write it anew"
        }
        () if written.starts_with("//") || written.starts_with(';') => "a remark begins with #",
        () if says("duplicate key") && written.starts_with('[') => {
            "write the section in two brackets, such as [[rule]], and only once"
        }
        () if says("duplicate key") => "it stands in this section already: take one of the two out",
        () if says("invalid basic string") || says("invalid literal string") => {
            "put the closing quote behind the text"
        }
        () if says("escaped") => "write \\\\ for a backslash",
        () if says("missing comma") => "put a comma between two values",
        () if up_to.trim_end().ends_with(|c: char| c.is_ascii_digit()) && from.starts_with(',') => {
            "write a point in the number: 0.8"
        }
        () if says("invalid mantissa") => "write the 0 before the point: 0.8",
        () if says("key with no value") && up_to.trim_end().ends_with(':') => {
            "write = in place of :"
        }
        () if says("must be quoted") && (from.starts_with("yes") || from.starts_with("no")) => {
            "write true or false, or the text in quotes"
        }
        () if says("must be quoted") => "write a text in quotes: \"maji\"",
        () if says("key with no value") => {
            "a line is key = value, a section such as [[rule]], or a remark behind #"
        }
        () => return None,
    })
}

/// How to write a value as what is expected; `None` where the message says it.
pub(super) fn rewrite(expected: &str, value: &DeValue<'_>) -> Option<&'static str> {
    let is_quoted = |text: &str| match expected {
        "a number" => text.parse::<f64>().is_ok(),
        "true or false" => matches!(text, "true" | "false"),
        _ => false,
    };
    Some(match (expected, value) {
        ("a list", DeValue::String(_)) => {
            "put it in brackets, each text in quotes of its own: [\"maji\", \"kisima\"]"
        }
        ("a text in quotes", DeValue::Array(_)) => "only one fits here: take the brackets away",
        ("a text in quotes", DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_)) => {
            "put a quote on both sides"
        }
        (_, DeValue::String(text)) if is_quoted(text) => "take the quotes away",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;

    /// The mend of the first thing wrong.
    fn told(source: &str) -> String {
        let (_, report) = read("a.toml", source);
        let first = report.into_findings().into_iter().next().unwrap();
        first.help.unwrap_or_default()
    }

    #[test]
    fn the_slips_of_people_are_answered_with_their_mend() {
        for (source, mend) in [
            (
                "a = 1\nid = \"water\nb = 2\n",
                "put the closing quote behind the text",
            ),
            ("any = [\"a\" \"b\"]\n", "put a comma between two values"),
            ("id = “water”\n", "write straight quotes"),
            ("any = [“water”, \"b\"]\n", "write straight quotes"),
            ("[[rule]]\n[rule]\n", "write the section in two brackets"),
            (
                "to = \"a\"\nto = \"b\"\n",
                "it stands in this section already",
            ),
            ("sure = 0,8\n", "write a point in the number: 0.8"),
            ("sure = .8\n", "write the 0 before the point: 0.8"),
            ("to: \"water\"\n", "write = in place of :"),
            ("sensitive = yes\n", "write true or false"),
            ("id = water\n", "write a text in quotes"),
            ("// rules\n", "a remark begins with #"),
            ("<<<<<<< HEAD\n", "two people's edits"),
            ("to\u{a0}= \"water\"\n", "a space in this line"),
            ("to =\u{a0}\"water\"\n", "a space in this line"),
            (
                "word = \"ng’ombe\n",
                "put the closing quote behind the text",
            ),
            ("word = \"da\\wa\"\n", "write \\\\ for a backslash"),
            ("Water rules\n", "a line is key = value"),
        ] {
            let told = told(source);
            assert!(told.contains(mend), "{source}: {told}");
        }
    }

    #[test]
    fn a_value_of_another_kind_is_answered_with_how_to_write_it() {
        let source =
            "any = \"maji\"\nto = [\"water\"]\nnumbers = 254\nsure = \"0.8\"\nweight = \"much\"\n";
        let (table, mut report) = read("a.toml", source);
        let value = |key: &str| table.get_ref().get(key).unwrap();
        report.list("any", value("any"));
        report.text("to", value("to"));
        report.text("numbers", value("numbers"));
        report.number("sure", value("sure"));
        report.number("weight", value("weight"));
        let told = report.into_findings().into_iter().map(|found| found.help);
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                Some("put it in brackets, each text in quotes of its own: [\"maji\", \"kisima\"]"),
                Some("only one fits here: take the brackets away"),
                Some("put a quote on both sides"),
                Some("take the quotes away"),
                None,
            ]
            .map(|help| help.map(str::to_owned))
        );
    }
}
