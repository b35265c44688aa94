//! A chosen file is looked through as the command line does, beside the async threads; and handed over where that is wished.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::actions::Lodging;
use crate::complaint::CountyId;
use crate::configuration::Configuration;
use crate::import::{
    Broken, By, Check, Checking, Chosen, Mapping, Order, Parts, Refusal, Row, Sink, Source, Terms,
    Unreadable, Written, encoding, segments_left,
};
use crate::people::PersonId;
use crate::store::{Reader, Store, StoreError, Uploaded};
use crate::text::findings::Findings;

/// A file has no more rows: of tiny ones 50 MB would hold millions, and what tells them apart stands in the service's memory.
const MOST_ROWS: usize = 500_000;
/// What the mapping is called where something is wrong with it.
const MAPPING: &str = "columns";

/// Who looks, and by what.
pub(super) struct Looking {
    pub(super) store: Store,
    pub(super) person: PersonId,
    /// The counties that they bring complaints in for.
    pub(super) counties: Vec<CountyId>,
    pub(super) configuration: Arc<Configuration>,
    pub(super) now: DateTime<Utc>,
}

/// What is to be done with the file.
pub(super) struct Wish {
    /// Which file is meant.
    pub(super) once: String,
    /// What its columns mean.
    pub(super) mapping: String,
    /// Whether phones are texted; `None`: nobody said.
    pub(super) texts: Option<bool>,
    /// It is handed over, where nothing is wrong.
    pub(super) hands_over: bool,
}

/// What came of it.
pub(super) enum Looked {
    /// The file that was meant is not there.
    Nothing {
        /// There is none at all, and it was to be handed over: it was so before.
        is_handed_over: bool,
    },
    /// Another import is under way.
    Busy,
    /// It is no table.
    Unreadable(Unreadable),
    /// What its columns mean is not said well.
    NoMapping(Findings),
    /// What would happen, or why it did not.
    Checked(Box<Checked>),
    /// The service takes it in now.
    HandedOver,
}

/// What would happen.
pub(super) struct Checked {
    pub(super) check: Check,
    pub(super) header: Vec<String>,
    /// Why it was, or would be, refused, as far as that is known before somebody decides on texts.
    pub(super) refusal: Option<Refusal>,
    /// Segments that the day has left.
    pub(super) left: usize,
}

/// Where rows go while they are checked: those that are good are laid ready, where that was wished.
struct Rows(Option<Parts>);

impl Sink for Rows {
    fn good(&mut self, row: &Row<'_>, lodging: &Lodging) -> Result<(), Broken> {
        match &mut self.0 {
            Some(parts) => Ok(parts.add(row.number, lodging)?),
            None => Ok(()),
        }
    }

    fn wrong(&mut self, _: &Row<'_>) -> Result<(), Broken> {
        Ok(())
    }
}

/// A draft of what a file's columns mean.
pub(super) fn draft(uploaded: Uploaded, chosen: &Chosen) -> Result<String, Unreadable> {
    let mut source = open(uploaded, chosen)?;
    let name = &chosen.name;
    let name = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    crate::import::draft(name, &chosen.county, &mut source)
}

fn open(uploaded: Uploaded, chosen: &Chosen) -> Result<Source, Unreadable> {
    let written = Written {
        encoding: encoding(&chosen.encoding),
        separator: None,
    };
    Source::open(uploaded, written)
}

impl Looking {
    /// Looks through the file, and hands it over where that is wished and nothing speaks against it.
    pub(super) fn look(&self, reader: Reader<'_>, wish: &Wish) -> Result<Looked, StoreError> {
        let Some(uploaded) = self.store.uploaded(self.person) else {
            return Ok(Looked::Nothing {
                is_handed_over: wish.hands_over,
            });
        };
        let chosen = Chosen::from_text(&uploaded.about).filter(|chosen| chosen.once == wish.once);
        let Some(chosen) = chosen else {
            return Ok(Looked::Nothing {
                is_handed_over: false,
            });
        };
        let mut source = match open(uploaded, &chosen) {
            Ok(source) => source,
            Err(unreadable) => return Ok(Looked::Unreadable(unreadable)),
        };
        let header = source.header();
        let mapping = match Mapping::load(MAPPING, &wish.mapping, header, &self.configuration) {
            Ok(mapping) => mapping,
            Err(findings) => return Ok(Looked::NoMapping(findings)),
        };
        match self.check(reader, wish, &mapping, &mut source) {
            Ok(looked) => Ok(looked),
            Err(Broken::File(unreadable)) => Ok(Looked::Unreadable(unreadable)),
            Err(Broken::Store(error)) => Err(error),
            Err(Broken::Aside(error)) => Err(StoreError::Spool(error)),
        }
    }

    fn check(
        &self,
        reader: Reader<'_>,
        wish: &Wish,
        mapping: &Mapping,
        source: &mut Source,
    ) -> Result<Looked, Broken> {
        let parts = match wish.hands_over {
            true => Some(Parts::new(self.store.spool()?)),
            false => None,
        };
        let mut rows = Rows(parts);
        let checking = Checking {
            mapping,
            configuration: &self.configuration,
            counties: Some(&self.counties),
            receipts: wish.texts == Some(true),
            now: self.now,
            known: Some(reader),
            most_rows: Some(MOST_ROWS),
        };
        let check = checking.check(source, &mut rows, |_| {})?;
        let terms = Terms {
            texts: wish.texts,
            skips_bad_rows: false,
            is_trial: !wish.hands_over,
        };
        let left = segments_left(&self.configuration, Some(reader), self.now)?;
        let refusal = Refusal::of(&check, terms, left);
        match rows.0 {
            Some(parts) if refusal.is_none() && check.new > 0 => {
                parts.finish(&Order {
                    name: mapping.name.clone(),
                    rows: check.new,
                    by: Some(By {
                        person: self.person.0,
                        after: reader.audit_entries()?,
                    }),
                })?;
                // It stays until it is old, where it does not go now: it is imported once all the same.
                if let Err(error) = self.store.take_away_upload(self.person) {
                    tracing::warn!(%error, "A file that was handed over could not be taken away");
                }
                Ok(Looked::HandedOver)
            }
            _ => Ok(Looked::Checked(Box::new(Checked {
                check,
                header: source.header().to_vec(),
                refusal,
                left,
            }))),
        }
    }
}
