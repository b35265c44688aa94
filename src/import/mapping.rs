//! What the columns of a file mean, as a TOML file says it.

mod load;

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::store::IMPORT;
use crate::text::normalise::Normalised;

/// What the columns of a file mean.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Of the import: its rows are known by it.
    pub name: String,
    pub(super) county: Value,
    pub(super) language: Option<Value>,
    pub(super) words: Vec<usize>,
    pub(super) between: String,
    pub(super) id: Option<usize>,
    pub(super) received: Option<When>,
    pub(super) closed: Option<Closed>,
    pub(super) place: Option<Column>,
    pub(super) sector: Option<Column>,
    pub(super) phone: Option<Column>,
    pub(super) gender: Option<Column>,
    pub(super) age: Option<Column>,
    pub(super) complainant: Option<usize>,
}

impl Mapping {
    /// What the keys of its rows begin with.
    pub fn keys(&self) -> String {
        format!("{IMPORT}{}:", self.name)
    }
}

/// The same for all rows, or what a column says.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Fixed(String),
    In(Column),
}

/// A column, and what its values mean here.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    pub(super) at: usize,
    /// By their folded spelling; empty: nothing.
    pub(super) names: BTreeMap<String, String>,
    /// What means nothing here is left out; else it is a mistake of its row.
    pub(super) leaves_out_others: bool,
}

/// A column of times.
#[derive(Clone, Debug)]
pub(super) struct When {
    pub(super) at: usize,
    pub(super) format: Option<String>,
    pub(super) zone: Option<Tz>,
}

/// By what it shows that a row is over.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    /// When; what has such a time is over, unless a status says.
    pub(super) when: Option<When>,
    /// A column and the values, folded, that mean that it is over.
    pub(super) status: Option<(usize, Vec<String>)>,
}

/// As cells and names of values are compared.
pub(super) fn folded(text: &str) -> String {
    Normalised::new(text).folded().to_owned()
}
