//! A first draft of a mapping, guessed from a file's header and its first rows, for a person to correct.

use std::fmt::Write as _;

use super::source::{Source, Unreadable};
use crate::text::shown::one_line;

/// So many rows are looked at.
const ROWS: usize = 200;
/// And no further where so many bytes were read: what their cells hold is kept meanwhile.
const BYTES: u64 = 1024 * 1024;

/// What a part of a mapping is guessed by: words that the names of such columns have in several languages.
struct Guess {
    section: &'static str,
    said_by: &'static [&'static str],
    note: &'static str,
}

const GUESSES: [Guess; 11] = [
    Guess {
        section: "words",
        said_by: &[
            "complaint",
            "problem",
            "issue",
            "descriptor",
            "description",
            "details",
            "message",
            "text",
            "maelezo",
            "malalamiko",
            "plainte",
            "words",
        ],
        note: "What is wrong: one column, or several whose cells are put one behind the other.",
    },
    Guess {
        section: "id",
        said_by: &[
            "unique key",
            "reference",
            "case no",
            "case number",
            "ticket",
            "tracking",
            "serial",
            "id",
            "key",
            "number",
        ],
        note: "By this a row is known: what was imported before is not imported again. Without it, by all that stands in it.",
    },
    Guess {
        section: "received",
        said_by: &[
            "created",
            "received",
            "opened",
            "reported",
            "submitted",
            "tarehe",
            "date",
        ],
        note: "When it was told. `format` says how times are written: %d day, %m month, %Y year, %H or %I hour, %M minute, %S second, %p AM or PM.",
    },
    Guess {
        section: "closed",
        said_by: &["closed", "resolved", "completed"],
        note: "What is over there is imported as history: closed, and no text is ever sent about it.",
    },
    Guess {
        section: "status",
        said_by: &["status", "state"],
        note: "",
    },
    Guess {
        section: "place",
        said_by: &[
            "ward",
            "village",
            "location",
            "place",
            "sub-county",
            "subcounty",
            "town",
            "city",
            "area",
            "mahali",
        ],
        note: "Where it is: an id or a name of places.csv, or what [place.names] makes of it; \"\" means nowhere.",
    },
    Guess {
        section: "sector",
        said_by: &["sector", "category", "department", "type", "topic", "idara"],
        note: "What it is about: an id or a name of a sector in routing.toml, or what [sector.names] makes of it. Without it the words alone decide.",
    },
    Guess {
        section: "phone",
        said_by: &["phone", "mobile", "msisdn", "telephone", "contact", "simu"],
        note: "Whom to text about it. Who is texted is decided when it is imported: --texts or --no-texts.",
    },
    Guess {
        section: "gender",
        said_by: &["gender", "sex", "jinsia"],
        note: "woman, man or other.",
    },
    Guess {
        section: "age",
        said_by: &["age", "umri"],
        note: "Years, or under_18, 18_34, 35_59, 60_over.",
    },
    Guess {
        section: "complainant",
        said_by: &["complainant", "caller", "name of", "full name", "jina"],
        note: "Their name. It is kept sealed.",
    },
];

/// A column with one of these in its name is about what was done later, or says how another is to be read.
const NOT_MEANT: [&str; 5] = ["resolution", "due", "updated", "modified", "action"];
/// What is wrong is said in so many columns at most.
const COLUMNS_OF_WORDS: usize = 3;
/// Cells of words have more letters than this, on average.
const LETTERS: usize = 4;

/// The times of other systems, the commonest first.
const FORMATS: [&str; 10] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
];

/// A draft for a file.
///
/// # Errors
/// It breaks off in its first rows.
pub fn draft(name: &str, county: &str, source: &mut Source) -> Result<String, Unreadable> {
    let header = source.header().to_vec();
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); header.len()];
    for _ in 0..ROWS {
        if source.position() > BYTES {
            break;
        }
        let Some(row) = source.next_row()? else { break };
        for (at, column) in columns.iter_mut().enumerate() {
            let cell = row.text(at).unwrap_or_default();
            if !cell.is_empty() {
                column.push(cell.to_owned());
            }
        }
    }
    Ok(Draft { header, columns }.told(name, county))
}

struct Draft {
    header: Vec<String>,
    columns: Vec<Vec<String>>,
}

impl Draft {
    fn told(&self, name: &str, county: &str) -> String {
        let mut toml = format!(
            "# What the columns of a file mean: a draft, to be read and corrected. Its columns are:\n{}\n\
             # Of the import: small letters, digits, hyphens. Rows are known by it and their id.\nname = {}\n\n\
             # The county of all rows; or, as a section like those below, the column that says which.\ncounty = {}\n\n\
             # The language of all rows' texts; without it, as their words tell.\n# language = \"en\"\n",
            self.listed(),
            quoted(&plain(name)),
            quoted(county),
        );
        for guess in GUESSES.iter().filter(|guess| guess.section != "status") {
            // Writing to a String cannot fail.
            let _ = write!(toml, "\n# {}\n{}", guess.note, self.section(guess));
        }
        toml
    }

    fn listed(&self) -> String {
        let names = self
            .header
            .iter()
            .map(|name| format!("#   {}\n", one_line(name)));
        names.collect()
    }

    fn section(&self, guess: &Guess) -> String {
        let found = self.columns(guess).into_iter().next();
        let found = found.and_then(|at| Some((at, quoted(self.header.get(at)?))));
        match (guess.section, found) {
            ("words", _) => {
                let columns = self.columns(guess);
                let words = columns.into_iter().filter(|at| self.holds_words(*at));
                let mut words: Vec<usize> = words.take(COLUMNS_OF_WORDS).collect();
                words.sort_unstable();
                let names = words.iter().filter_map(|at| self.header.get(*at));
                let names: Vec<String> = names.map(|name| quoted(name)).collect();
                format!(
                    "[words]\ncolumns = [{}]\nbetween = \". \"\n",
                    names.join(", ")
                )
            }
            ("closed", found) => self.closed(found),
            (section, None) => format!("# [{section}]\n# column = \"\"\n"),
            (section @ "received", Some((at, column))) => {
                format!("[{section}]\ncolumn = {column}\n{}", self.format(at))
            }
            (section @ ("place" | "sector"), Some((_, column))) => format!(
                "[{section}]\ncolumn = {column}\n# others = \"leave_out\"\n# [{section}.names]\n# \"as it stands in the file\" = \"an id of ours\"\n"
            ),
            (section @ "gender", Some((_, column))) => format!(
                "[{section}]\ncolumn = {column}\nothers = \"leave_out\"\n[{section}.names]\nf = \"woman\"\nfemale = \"woman\"\nm = \"man\"\nmale = \"man\"\n"
            ),
            (section @ ("age" | "phone"), Some((_, column))) => {
                format!("[{section}]\ncolumn = {column}\n# others = \"leave_out\"\n")
            }
            (section, Some((_, column))) => format!("[{section}]\ncolumn = {column}\n"),
        }
    }

    fn closed(&self, found: Option<(usize, String)>) -> String {
        let mut toml = String::new();
        let status = GUESSES.iter().find(|guess| guess.section == "status");
        let status = status.and_then(|guess| self.columns(guess).first().copied());
        if let Some((at, column)) = &found {
            toml += &format!("[closed]\ncolumn = {column}\n{}", self.format(*at));
        }
        if let Some(name) = status.and_then(|at| self.header.get(at)) {
            let begins = if found.is_some() { "" } else { "[closed]\n" };
            toml += &format!(
                "{begins}status_column = {}\nstatus_values = [\"Closed\"]\n",
                quoted(name)
            );
        }
        if toml.is_empty() {
            "# [closed]\n# column = \"\"\n".to_owned()
        } else {
            toml
        }
    }

    /// The columns whose names have one of the words, the first words first.
    fn columns(&self, guess: &Guess) -> Vec<usize> {
        let names: Vec<String> = self.header.iter().map(|name| name.to_lowercase()).collect();
        let has = |name: &str, word: &str| {
            let mut parts = name.split(|c: char| !c.is_alphanumeric());
            if word.contains(' ') {
                name.contains(word)
            } else {
                parts.any(|part| part == word)
            }
        };
        let mut found = Vec::new();
        for word in guess.said_by {
            let named = (0..).zip(&names).filter(|(at, name)| {
                let is_filled = self.columns.get(*at).is_some_and(|cells| !cells.is_empty());
                is_filled && has(name, word) && !NOT_MEANT.iter().any(|not| has(name, not))
            });
            for (at, _) in named {
                if !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        found
    }

    /// Whether the cells of a column are words, and no numbers, times or marks.
    fn holds_words(&self, at: usize) -> bool {
        let cells = self.columns.get(at).map(Vec::as_slice).unwrap_or_default();
        let letters = |cell: &String| cell.chars().filter(|c| c.is_alphabetic()).count();
        cells.iter().map(letters).sum::<usize>() > LETTERS * cells.len()
    }

    /// The first format that all times of a column have.
    fn format(&self, at: usize) -> String {
        let cells = self.columns.get(at).map(Vec::as_slice).unwrap_or_default();
        let is_in = |format: &&&str| {
            cells
                .iter()
                .all(|cell| super::values::is_time(cell, format))
        };
        match FORMATS.iter().find(is_in) {
            Some(format) => format!("format = {}\n# zone = \"Africa/Nairobi\"\n", quoted(format)),
            None => "# format = \"%d/%m/%Y %H:%M\"\n# zone = \"Africa/Nairobi\"\n".to_owned(),
        }
    }
}

/// As a text in TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A name of an import, from a file's.
fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    let name = parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let name: String = name.chars().take(40).collect();
    if name.is_empty() {
        "import".to_owned()
    } else {
        name
    }
}
