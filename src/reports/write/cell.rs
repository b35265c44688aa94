//! Cells of a CSV file that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// What a formula begins with, in spreadsheets of any language (OWASP, "CSV injection"): also in full width, and what some skip before it.
const BEGINS: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// A text that stays one: with an apostrophe before what would be a formula. Numbers are not to be given here.
pub(super) fn text(words: &str) -> Cow<'_, str> {
    if words.starts_with(BEGINS) {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

/// What stands before the first row, and how rows end: Excel takes a file for UTF-8 by its mark alone, and would show Arabic names as
/// garbage; pandas, DuckDB, R and LibreOffice read over it. Lines end as RFC 4180 has them.
pub(super) const MARK: &str = "\u{feff}";

/// A writer of rows into that.
pub(super) fn rows<W: std::io::Write>(out: W) -> ::csv::Writer<W> {
    ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_stays_a_text() {
        for formula in [
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
        ] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        for words in ["", "wajir-water", "Maji = uhai", "مياه", "'=1"] {
            assert_eq!(text(words), words);
        }
    }
}
