//! Whom a label means: an organisation of the rules by its id or one of its names, or one that is still to be added.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::sample::Example;
use crate::complaint::is_id;
use crate::routing::Rules;
use crate::routing::load::CONVENER;
use crate::text::gsm7;
use crate::text::normalise::Normalised;
use crate::text::shown::{cut, one_line};

/// What parts the labels of a text that has several.
const BETWEEN_LABELS: char = '|';
/// Letters of a name that fits into every text message.
const SHORT: usize = 20;

/// An organisation that labels name and the rules do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::routing) struct Newcomer {
    /// Made from the label.
    pub(in crate::routing) id: String,
    /// The label on one line.
    pub(in crate::routing) name: String,
    /// Cut so that it fits.
    pub(in crate::routing) short_name: String,
}

/// Rows whose labels were made ids.
#[derive(Debug)]
pub(in crate::routing) struct Addressed {
    pub(in crate::routing) examples: Vec<Example>,
    /// Organisations to add, by id.
    pub(in crate::routing) newcomers: BTreeMap<String, Newcomer>,
    /// Rows with several labels, which say nothing about which word told which.
    pub(in crate::routing) several: usize,
    /// Rows without a label or without a word.
    pub(in crate::routing) empty: usize,
}

pub(in crate::routing) fn address(rows: Vec<Example>, known: Option<&Rules>) -> Addressed {
    let mut book = AddressBook::new(known);
    let mut addressed = Addressed {
        examples: Vec::with_capacity(rows.len()),
        newcomers: BTreeMap::new(),
        several: 0,
        empty: 0,
    };
    for row in rows {
        let mut labels = row
            .label
            .split(BETWEEN_LABELS)
            .filter(|one| !one.trim().is_empty());
        match (labels.next(), labels.next()) {
            (Some(_), Some(_)) => addressed.several += 1,
            (Some(only), None) if !Normalised::new(&row.text).is_blank() => {
                let label = book.id_of(only);
                addressed.examples.push(Example { label, ..row });
            }
            _ => addressed.empty += 1,
        }
    }
    addressed.newcomers = book.newcomers;
    addressed
}

/// Ids by the names that mean them.
struct AddressBook {
    ids: HashMap<String, String>,
    taken: HashSet<String>,
    /// The last number behind each stem that several newcomers share.
    numbers: HashMap<String, usize>,
    newcomers: BTreeMap<String, Newcomer>,
}

impl AddressBook {
    fn new(known: Option<&Rules>) -> Self {
        let mut ids = HashMap::from([(CONVENER.to_owned(), CONVENER.to_owned())]);
        let mut taken = HashSet::from([CONVENER.to_owned()]);
        for organisation in known.into_iter().flat_map(Rules::organisations) {
            let id = organisation.id.as_str();
            let names = [id, &organisation.name, &organisation.short_name];
            let in_languages = organisation.short_names.values().map(String::as_str);
            for name in names.into_iter().chain(in_languages) {
                // Of two organisations with one name the first of the file is meant; an id is the surest of names.
                ids.entry(key(name)).or_insert_with(|| id.to_owned());
            }
            ids.insert(key(id), id.to_owned());
            taken.insert(id.to_owned());
        }
        Self {
            ids,
            taken,
            numbers: HashMap::new(),
            newcomers: BTreeMap::new(),
        }
    }

    fn id_of(&mut self, label: &str) -> String {
        let key = key(label);
        if let Some(id) = self.ids.get(&key) {
            return id.clone();
        }
        let newcomer = self.newcomer(label);
        let id = newcomer.id.clone();
        self.ids.insert(key, id.clone());
        self.newcomers.insert(id.clone(), newcomer);
        id
    }

    /// With an id that nobody has: where all labels are in Arabic, all have one stem.
    fn newcomer(&mut self, label: &str) -> Newcomer {
        let name = one_line(label);
        let stem = stem(&name);
        let mut id = stem.clone();
        while !self.taken.insert(id.clone()) {
            let number = self.numbers.entry(stem.clone()).or_insert(1);
            *number += 1;
            id = format!("{stem}-{number}");
        }
        Newcomer::new(name, id)
    }
}

/// A name however it is written; of one without a letter, its signs.
fn key(name: &str) -> String {
    let folded = Normalised::new(name);
    if folded.is_blank() {
        name.trim().to_owned()
    } else {
        folded.folded().to_owned()
    }
}

impl Newcomer {
    fn new(name: String, id: String) -> Self {
        Self {
            short_name: short(&name, &id),
            id,
            name,
        }
    }
}

/// The plain words of a name, as an id has them.
fn stem(name: &str) -> String {
    let plain: Vec<_> = Normalised::new(name)
        .words()
        .map(|word| word.text.to_owned())
        .filter(|word| is_id(word))
        .collect();
    let stem = cut(&plain.join("-"), 40).trim_end_matches('-').to_owned();
    if stem.is_empty() {
        "organisation".to_owned()
    } else {
        stem
    }
}

/// A name as a text message can hold it, cut behind a word if it must be; the id where the name would make the text two.
fn short(name: &str, id: &str) -> String {
    let written = if gsm7::first_outside_gsm7(name).is_none() {
        name
    } else {
        id
    };
    let mut short = String::new();
    for word in written.split(' ') {
        let longer = format!("{short} {word}");
        if gsm7::count(longer.trim()).units > SHORT {
            break;
        }
        short = longer.trim().to_owned();
    }
    let short = short.trim_end_matches([',', ';', '&', '-', ' ']);
    if short.is_empty() {
        cut(id, SHORT)
    } else {
        short.to_owned()
    }
}
