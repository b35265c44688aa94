//! What an import would do, found out row by row before any of it is done.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::handed_over::{self, Numbered, TOGETHER};
use super::mapping::Mapping;
use super::order::Order;
use super::source::{Row, Source, Unreadable};
use super::values::Meaning;
use super::wrong::{Why, Wrong};
use crate::actions::{Lodging, PreparedLodging};
use crate::complaint::{CountyId, LanguageId, OrganisationId};
use crate::configuration::Configuration;
use crate::intake::replies::{Template, Values};
use crate::store::{HandedIn, Reader, Spool, StoreError};
use crate::text::gsm7;

/// So many mistakes are kept to be told.
const MOST_TOLD: usize = 20;
/// Of so many rows with the same mistake it is told which they are.
const ROWS_TOLD: usize = 5;

/// What an import would do, or does.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// Rows of the file.
    pub rows: usize,
    /// Those that would be new complaints.
    pub new: usize,
    /// Of these, those that are over in the other system.
    pub over: usize,
    /// Of the new ones, those that take a track of their own.
    pub sensitive: usize,
    /// Of the new ones, those that no rule decides and nothing says what they are about.
    pub undecided: usize,
    /// Who would get how many of the new ones.
    pub to: BTreeMap<OrganisationId, usize>,
    /// Of the new and open ones, those with a phone.
    pub with_phone: usize,
    /// What a text to each of these phones costs at most.
    pub segments: usize,
    /// Rows that were imported before.
    pub here: usize,
    /// Rows that were imported before and read otherwise now: what is here stays.
    pub altered: usize,
    /// Rows that stand in the file more than once.
    pub again: usize,
    /// Rows that cannot be imported.
    pub wrong: usize,
    /// What is wrong with these: the first mistakes, in the order of the file.
    pub told: Vec<Mistake>,
    /// What may be wrong with rows that would be new complaints all the same.
    pub doubts: Vec<Mistake>,
}

/// The same mistake, in one row or in many.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// What is wrong.
    pub wrong: Wrong,
    /// In how many rows.
    pub times: usize,
    /// The first of these, the first below the header being 1, and the line that each begins on.
    pub rows: Vec<(usize, u64)>,
}

/// Why the check ended before the file did.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The file does.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// What is known of rows cannot be looked up, or they cannot be laid ready.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rows that cannot be imported cannot be put aside.
    #[error("the rows that cannot be imported could not be put aside: {0}")]
    Aside(io::Error),
}

/// What a check goes by.
pub struct Checking<'a> {
    /// What the columns mean.
    pub mapping: &'a Mapping,
    /// Who gets what.
    pub configuration: &'a Arc<Configuration>,
    /// The counties that who imports may bring complaints in for; `None`: all.
    pub counties: Option<&'a [CountyId]>,
    /// Whether who has a phone is sent a receipt.
    pub receipts: bool,
    /// Now.
    pub now: DateTime<Utc>,
    /// What is here already; `None`: there is no database yet.
    pub known: Option<Reader<'a>>,
    /// A file of more rows is not gone through: what tells them apart is kept in memory; `None`: whoever imports has the whole machine.
    pub most_rows: Option<usize>,
}

/// Where rows go while they are checked.
pub trait Sink {
    /// A row that can be imported and is not here yet.
    ///
    /// # Errors
    /// It could not be kept.
    fn good(&mut self, row: &Row<'_>, lodging: &Lodging) -> Result<(), Broken>;
    /// A row that cannot be imported.
    ///
    /// # Errors
    /// It could not be kept.
    fn wrong(&mut self, row: &Row<'_>) -> Result<(), Broken>;
}

/// Lays ready what is good, in parts.
pub struct Parts {
    spool: Spool,
    together: Vec<Numbered>,
}

impl Parts {
    /// Into what is laid ready.
    pub fn new(spool: Spool) -> Self {
        Self {
            spool,
            together: Vec::with_capacity(TOGETHER),
        }
    }

    /// Adds the complaint of a row behind the others.
    ///
    /// # Errors
    /// The disk's.
    pub fn add(&mut self, row: usize, lodging: &Lodging) -> Result<(), StoreError> {
        self.together.push((row, lodging.clone()));
        if self.together.len() >= TOGETHER {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let part = handed_over::to_part(&self.together)
            .map_err(|error| StoreError::Spool(error.into()))?;
        self.together.clear();
        self.spool.add(&part)
    }

    /// From now on all of it waits to be taken in.
    ///
    /// # Errors
    /// The disk's; then nothing waits.
    pub fn finish(mut self, order: &Order) -> Result<(), StoreError> {
        if !self.together.is_empty() {
            self.write()?;
        }
        let order = order.to_text();
        self.spool
            .finish(&order.map_err(|error| StoreError::Spool(error.into()))?)
    }
}

impl Checking<'_> {
    /// Goes through a file to its end. `done` is told how many bytes of text were read.
    ///
    /// # Errors
    /// The file breaks off in a row that has no end, or rows cannot be looked up or kept.
    pub fn check(
        &self,
        source: &mut Source,
        sink: &mut impl Sink,
        mut done: impl FnMut(u64),
    ) -> Result<Check, Broken> {
        let columns = source.header().len();
        let mut check = Check::default();
        let mut keys = HashSet::new();
        let mut costs = BTreeMap::new();
        loop {
            if check.rows.is_multiple_of(256) {
                done(source.position());
            }
            let Some(row) = source.next_row()? else {
                return Ok(check);
            };
            check.rows += 1;
            if let Some(most) = self.most_rows.filter(|most| check.rows > *most) {
                return Err(Unreadable::TooManyRows(most).into());
            }
            match self.prepared(&row, columns) {
                Ok(prepared) if !keys.insert(short(&prepared.lodging().key)) => {
                    if self.mapping.id.is_some() {
                        let why = Wrong::row(Why::SameId);
                        check.take_wrong(&row, why);
                        sink.wrong(&row)?;
                    } else {
                        check.again += 1;
                    }
                }
                Ok(prepared) => match self.known(prepared.lodging())? {
                    HandedIn::New => {
                        check.take(&prepared);
                        if let Some(column) = row.may_be_two(columns) {
                            tell(&mut check.doubts, &row, Wrong::at(column, Why::MayBeTwo));
                        }
                        if prepared.lodging().phone.is_some() && !prepared.is_over() {
                            check.with_phone += 1;
                            check.segments += self.cost(prepared.language(), &mut costs);
                        }
                        sink.good(&row, prepared.lodging())?;
                    }
                    HandedIn::Same(_) => check.here += 1,
                    HandedIn::Other(_) => check.altered += 1,
                },
                Err(wrong) => {
                    check.take_wrong(&row, wrong);
                    sink.wrong(&row)?;
                }
            }
        }
    }

    fn prepared(&self, row: &Row<'_>, columns: usize) -> Result<PreparedLodging, Wrong> {
        if let Some(damage) = row.damage(columns) {
            return Err(Wrong::row(damage));
        }
        let meaning = Meaning {
            mapping: self.mapping,
            configuration: self.configuration,
            receipts: self.receipts,
            now: self.now,
        };
        let lodging = meaning.lodging(row)?;
        if self
            .counties
            .is_some_and(|counties| !counties.contains(&lodging.county))
        {
            return Err(Wrong::row(Why::OtherCounty));
        }
        PreparedLodging::new(Arc::clone(self.configuration), lodging, self.now)
            .map_err(|lacks| Wrong::row(Why::Lacks(lacks)))
    }

    fn known(&self, lodging: &Lodging) -> Result<HandedIn, StoreError> {
        let Some(known) = &self.known else {
            return Ok(HandedIn::New);
        };
        let phone = lodging.phone.as_ref();
        known.handed_in(&lodging.key, phone, &lodging.facts(), &lodging.words)
    }

    /// How many segments a receipt in a language has at most: what fits one of 160 letters, or two of the others.
    fn cost(&self, language: &LanguageId, costs: &mut BTreeMap<LanguageId, usize>) -> usize {
        if let Some(cost) = costs.get(language) {
            return *cost;
        }
        let replies = &self.configuration.replies;
        let text = replies
            .language_or_first(language)
            .render(Template::Ack, &Values::default());
        let cost = 1 + usize::from(gsm7::first_outside_gsm7(&text).is_some());
        costs.insert(language.clone(), cost);
        cost
    }
}

impl Check {
    fn take(&mut self, prepared: &PreparedLodging) {
        let decision = prepared.decision();
        self.new += 1;
        self.over += usize::from(prepared.is_over());
        self.sensitive += usize::from(decision.sensitive);
        self.undecided += usize::from(decision.rule.is_none() && decision.sector.is_none());
        *self.to.entry(decision.to.clone()).or_default() += 1;
    }

    fn take_wrong(&mut self, row: &Row<'_>, wrong: Wrong) {
        self.wrong += 1;
        tell(&mut self.told, row, wrong);
    }

    /// Who would get how many of the new ones, who gets most of them first.
    pub fn receivers(&self) -> Vec<(&OrganisationId, usize)> {
        let mut to: Vec<_> = self.to.iter().map(|(id, count)| (id, *count)).collect();
        to.sort_by_key(|(_, count)| Reverse(*count));
        to
    }
}

fn tell(told: &mut Vec<Mistake>, row: &Row<'_>, wrong: Wrong) {
    let place = (row.number, row.line);
    if let Some(known) = told.iter_mut().find(|known| known.wrong == wrong) {
        known.times += 1;
        if known.rows.len() < ROWS_TOLD {
            known.rows.push(place);
        }
    } else if told.len() < MOST_TOLD {
        told.push(Mistake {
            wrong,
            times: 1,
            rows: vec![place],
        });
    }
}

/// Enough of a key to tell it from a million others, and no more.
fn short(key: &str) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(key.as_bytes());
    let mut short = [0; 16];
    short
        .iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    short
}
