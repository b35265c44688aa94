//! What can be wrong with a row, in words that hold no number and no text of it.

use crate::actions::{Lacks, MOST_LETTERS};

/// No id of another system is longer.
pub(super) const LONGEST_ID: usize = 100;

/// What other systems write where they know no time lies before this year.
pub(super) const EARLIEST: i32 = 2000;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The column, by its place; `None`: it is about the row.
    pub column: Option<usize>,
    /// Why.
    pub why: Why,
}

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A quote runs to the end of the file.
    #[error("a quote in it is not closed, up to the end of the file")]
    OpenQuote,
    /// Half a row, or more than one.
    #[error(
        "it has {cells} cells and the first row {columns}: it is cut off, or a quote in it is not closed, or a separator stands in a cell without quotes"
    )]
    Cells {
        /// Its cells.
        cells: usize,
        /// Those of the header.
        columns: usize,
    },
    /// A doubt, and no mistake: see [`Row::may_be_two`](super::Row::may_be_two).
    #[error(
        "it holds a line break and just what another row has: a quote may not be closed, so that two rows are read as one"
    )]
    MayBeTwo,
    /// It is written in something else.
    #[error("its bytes are no UTF-8: say how the file is written, as with --encoding windows-1252")]
    NotUtf8,
    /// It is written in something else than was said.
    #[error("some of its bytes are none of the file's encoding")]
    NotOfEncoding,
    /// Perhaps UTF-16.
    #[error("it holds a NUL: is the file in UTF-16? Say so with --encoding utf-16le")]
    Nul,
    /// Two rows have one id.
    #[error("an earlier row of the file has the same id")]
    SameId,
    /// Its id is empty.
    #[error("it has no id")]
    NoId,
    /// Its id is none.
    #[error("its id has more than {LONGEST_ID} characters")]
    LongId,
    /// Nothing says of which county it is.
    #[error("it names no county")]
    NoCounty,
    /// It is of a county that who imports it has nothing to do with.
    #[error("it is of a county that you bring in no complaints for")]
    OtherCounty,
    /// A value that nothing is known of.
    #[error(
        "`{value}` is no {what} here: say what it is in [{what}.names], or leave such values out with others = \"leave_out\""
    )]
    Unknown {
        /// Its beginning, without the digits of what may be a number.
        value: String,
        /// What it should have been: the section of the mapping.
        what: &'static str,
    },
    /// Nobody can be texted there.
    #[error(
        "this is no phone number of a person: leave such ones out with others = \"leave_out\" in [phone]"
    )]
    NoPhone,
    /// It is not written as the mapping says.
    #[error("{}", no_time(.format.as_deref()))]
    NoTime {
        /// How times are said to be written; `None`: nothing is said.
        format: Option<String>,
    },
    /// A time to come.
    #[error("this time has not come yet")]
    NotYet,
    /// A time that stands for none.
    #[error("this time is before the year {EARLIEST}: leave the cell empty where it is not known")]
    TooEarly,
    /// It cannot be a complaint.
    #[error("{}", lacking(*.0))]
    Lacks(Lacks),
}

impl Wrong {
    pub(super) fn row(why: Why) -> Self {
        Self { column: None, why }
    }

    pub(super) fn at(column: usize, why: Why) -> Self {
        Self {
            column: Some(column),
            why,
        }
    }
}

fn no_time(format: Option<&str>) -> String {
    match format {
        Some(format) => format!("this is no time in the format `{format}`"),
        None => "this is no time as in 2025-03-24 23:33: say how times are written with a `format`"
            .to_owned(),
    }
}

fn lacking(lacks: Lacks) -> String {
    match lacks {
        Lacks::County => "it is of no county".to_owned(),
        Lacks::Words => "it does not say what is wrong: its words are empty".to_owned(),
        Lacks::FewerWords => format!("its words have more than {MOST_LETTERS} letters"),
        Lacks::ShorterName => "the complainant's name is too long".to_owned(),
        Lacks::Phone => "its phone number is none of a person".to_owned(),
        Lacks::Place => "its place is not in its county".to_owned(),
        Lacks::Sector => "its sector is none of routing.toml".to_owned(),
        Lacks::Language => "there are no texts in its language".to_owned(),
        Lacks::PastTime => "a time of it has not come yet".to_owned(),
    }
}
