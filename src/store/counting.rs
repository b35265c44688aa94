//! Counting, month by month: one reading for all that is asked about the same days, and none for what was counted before and did not change.
//!
//! It is read in short looks ([`Stride`]), one after the other, however many complaints there are: while somebody looks, the write-ahead log
//! cannot begin anew. All that is counted of a complaint is counted in one look, so that the figures of an answer belong together.

mod stride;

use std::sync::Arc;

use rusqlite::params;

use super::error::StoreError;
use super::facts::{Span, Wanted};
use super::log;
use super::reader::Reader;
use crate::clock::Stopwatch;
use crate::reports::{
    Codes, Count, CountedFor, Fact, Field, Ground, Period, Piece, PieceOf, Question,
};
use stride::Stride;

/// A question about more months than these is counted as a whole.
const MOST_MONTHS: usize = 60;

/// Days of UTC, in milliseconds.
const DAY: i64 = 86_400_000;

/// Counts for somebody.
pub(super) struct Counting<'r, 'a> {
    reader: &'r Reader<'r>,
    ground: &'a Ground<'a>,
    whom: &'a CountedFor,
    /// Whether all that it sees is committed, so that what it comes to may be kept.
    keeps: bool,
    stride: Stride,
    pub(super) codes: Codes,
}

impl<'r, 'a> Counting<'r, 'a> {
    pub(super) fn new(
        reader: &'r Reader<'r>,
        ground: &'a Ground<'a>,
        whom: &'a CountedFor,
    ) -> Self {
        Self {
            reader,
            ground,
            whom,
            // What a transaction sees that may still be undone is kept for nobody.
            keeps: reader.connection.is_autocommit(),
            stride: Stride::new(),
            codes: Codes::default(),
        }
    }

    /// What these come to, in their order. `done` hears how much of it there is, 0 to 1.
    ///
    /// All that is told of a complaint is of one moment; of another it may be of seconds later. No complaint is counted twice or left out:
    /// each stays at the moment of its lodging.
    pub(super) fn all(
        &mut self,
        questions: &[Question],
        mut done: impl FnMut(f64),
    ) -> Result<Vec<Count<'a>>, StoreError> {
        let counts = questions
            .iter()
            .map(|question| self.begin(question.clone()));
        let mut counts: Vec<Count<'a>> = counts.collect();
        let spells = spells(questions);
        for (place, (period, pieces)) in spells.iter().enumerate() {
            let mut done = |within| done(share(place, within, spells.len()));
            self.count(&mut counts, *period, pieces, &mut done)?;
        }
        Ok(counts)
    }

    fn begin(&mut self, question: Question) -> Count<'a> {
        let apart = self.whom.sensitive_apart;
        Count::new(question, self.ground.clone(), apart, &mut self.codes)
    }

    /// Adds what these pieces come to, all about the same days.
    fn count(
        &mut self,
        counts: &mut [Count<'a>],
        period: Period,
        pieces: &[Asked],
        done: &mut dyn FnMut(f64),
    ) -> Result<(), StoreError> {
        let mut changes = self.reader.changes(period, self.ground)?;
        let (mut kept, mut passes) = self.sort(pieces, Some(changes));
        self.read(&mut passes, period, done)?;
        if !kept.is_empty() && !passes.is_empty() {
            let changes_now = self.reader.changes(period, self.ground)?;
            if changes_now != changes {
                // What was kept is of before the change, what was read perhaps of after it: all is read, in the same looks.
                changes = changes_now;
                (kept, passes) = self.sort(pieces, None);
                self.read(&mut passes, period, done)?;
            }
        }
        for (place, piece) in kept {
            if let Some(count) = counts.get_mut(place) {
                count.join_piece(&piece, &mut self.codes);
            }
        }
        for missing in passes.into_iter().flat_map(|pass| pass.missing) {
            if let Some(of) = missing.of {
                // If something changed meanwhile, that many changes are never found again.
                let piece = Arc::new(missing.count.piece(&self.codes));
                self.ground.pieces.keep(of, changes, piece);
            }
            if let Some(count) = counts.get_mut(missing.place) {
                count.join(missing.count);
            }
        }
        Ok(())
    }

    /// What is kept of these after so many changes, each with its question's place; and what is to be read.
    fn sort(
        &mut self,
        pieces: &[Asked],
        changes: Option<i64>,
    ) -> (Vec<(usize, Arc<Piece>)>, Vec<Pass<'a>>) {
        let now = self.ground.now.timestamp_millis();
        let (mut kept, mut passes) = (Vec::new(), Vec::<Pass<'a>>::new());
        for Asked { place, piece } in pieces {
            let of = self.kept_as(piece);
            let known = of.as_ref().zip(changes);
            let known = known.and_then(|(of, changes)| self.ground.pieces.piece(of, changes, now));
            if let Some(known) = known {
                kept.push((*place, known));
                continue;
            }
            let source = Source::of(piece);
            let missing = Missing {
                place: *place,
                count: self.begin(piece.clone()),
                of,
            };
            match passes.iter_mut().find(|pass| pass.source == source) {
                Some(pass) => pass.missing.push(missing),
                None => passes.push(Pass {
                    source,
                    missing: vec![missing],
                }),
            }
        }
        (kept, passes)
    }

    /// As what a piece is kept; `None`: it is not.
    fn kept_as(&self, piece: &Question) -> Option<PieceOf> {
        let counties = self.ground.counties.iter();
        (self.keeps && piece.may_be_kept()).then(|| PieceOf {
            whom: self.whom.clone(),
            counties: counties.map(|(county, _)| county.clone()).collect(),
            question: piece.clone(),
        })
    }

    /// Reads for all of these, one look after the other.
    fn read(
        &mut self,
        passes: &mut [Pass<'a>],
        period: Period,
        done: &mut dyn FnMut(f64),
    ) -> Result<(), StoreError> {
        if passes.is_empty() {
            return Ok(());
        }
        let counties = &self.ground.counties;
        for (nth, (county, zone)) in counties.iter().enumerate() {
            let whole = period.in_zone(*zone);
            for month in period.months() {
                let (mut from, until) = month.in_zone(*zone);
                while from < until {
                    let next = until.min(from + self.stride.length());
                    let span = Span {
                        whom: self.whom,
                        county,
                        lodged: (from, next),
                    };
                    self.look(passes, span, &month)?;
                    from = next;
                    done(share(nth, gone(from, whole), counties.len()));
                }
            }
        }
        Ok(())
    }

    /// One look, at a span that lies within a month.
    fn look(
        &mut self,
        passes: &mut [Pass<'a>],
        span: Span<'_>,
        month: &Period,
    ) -> Result<(), StoreError> {
        let connection = self.reader.connection;
        log::make_way(connection)?;
        let moment = self.keeps.then(|| connection.unchecked_transaction());
        let moment = moment.transpose()?;
        let watch = Stopwatch::start();
        for pass in passes {
            self.pass(pass, span, month)?;
        }
        self.stride.took(watch.elapsed());
        drop(moment);
        Ok(())
    }

    /// What a pass reads in a look.
    fn pass(
        &mut self,
        pass: &mut Pass<'a>,
        span: Span<'_>,
        month: &Period,
    ) -> Result<(), StoreError> {
        let Self { reader, codes, .. } = self;
        let wanted = pass.wanted(self.whom);
        let missing = &mut pass.missing;
        let mut add = |fact: &Fact, codes: &mut Codes| {
            let counts = missing.iter_mut();
            counts.for_each(|missing| missing.count.add(fact, codes));
        };
        match pass.source {
            Source::Complaints => reader.facts(&wanted, span, codes, &mut add),
            Source::Hops => {
                let now = self.ground.now.timestamp_millis();
                reader.facts_of_hops(&wanted, span, now, codes, &mut add)
            }
            Source::Lodging => missing.iter_mut().try_for_each(|missing| {
                reader.count_lodged(&mut missing.count, span, month, codes)
            }),
        }
    }
}

/// How much of all is done when so much of one of so many parts is, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a few")]
fn share(nth: usize, of_it: f64, parts: usize) -> f64 {
    (nth as f64 + of_it) / parts.max(1) as f64
}

/// How much of a span of time is over, 0 to 1: to count its complaints beforehand would take a part of the time that it tells of.
#[expect(clippy::cast_precision_loss, reason = "a part of the whole, for a bar")]
fn gone(at: i64, (from, until): (i64, i64)) -> f64 {
    (at - from) as f64 / (until - from).max(1) as f64
}

impl Reader<'_> {
    /// How often something changed of what was lodged in these days, or in those at their ends that lie in another day by UTC.
    fn changes(&self, period: Period, ground: &Ground<'_>) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(sum(changes), 0) FROM lodged_day WHERE county = ?1 AND day BETWEEN ?2 AND ?3",
        )?;
        let counties = ground.counties.iter();
        counties
            .map(|(county, zone)| {
                let (from, until) = period.in_zone(*zone);
                let days = [from, until - 1].map(|at| at.div_euclid(DAY));
                Ok(
                    statement.query_row(params![county.as_str(), days[0], days[1]], |row| {
                        row.get::<_, i64>(0)
                    })?,
                )
            })
            .sum()
    }
}

/// A piece of a question.
struct Asked {
    /// The question's place among all.
    place: usize,
    piece: Question,
}

/// All pieces, by the days that they are about.
fn spells(questions: &[Question]) -> Vec<(Period, Vec<Asked>)> {
    let mut spells: Vec<(Period, Vec<Asked>)> = Vec::new();
    for (place, question) in questions.iter().enumerate() {
        for piece in pieces(question) {
            let period = piece.period;
            let asked = Asked { place, piece };
            match spells.iter_mut().find(|(of, _)| *of == period) {
                Some((_, all)) => all.push(asked),
                None => spells.push((period, vec![asked])),
            }
        }
    }
    spells
}

/// What a question is put together of: its months.
fn pieces(question: &Question) -> Vec<Question> {
    let months = question.period.months();
    if months.len() > MOST_MONTHS {
        return vec![question.clone()];
    }
    let months = months.into_iter();
    months.map(|month| question.in_period(month)).collect()
}

/// A piece that nobody counted yet.
struct Missing<'a> {
    /// The question's place among all.
    place: usize,
    count: Count<'a>,
    /// As what it is kept.
    of: Option<PieceOf>,
}

/// What a question is counted from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Complaints,
    Hops,
    /// How many were lodged: the database counts them itself.
    Lodging,
}

impl Source {
    fn of(question: &Question) -> Self {
        if question.is_of_lodging_alone() {
            Self::Lodging
        } else if question.measure.is_of_hops() {
            Self::Hops
        } else {
            Self::Complaints
        }
    }
}

/// What is counted together.
struct Pass<'a> {
    source: Source,
    missing: Vec<Missing<'a>>,
}

impl Pass<'_> {
    /// The columns that its questions look at, and those by which it is known what who asks may see.
    fn wanted(&self, whom: &CountedFor) -> Wanted {
        Wanted::of(|field| {
            let mut missing = self.missing.iter();
            match field {
                Field::Id if whom.not_accusing.is_some() => true,
                // A hop has its own.
                Field::Holder if self.source == Source::Hops => false,
                _ => missing.any(|missing| missing.count.needs(field)),
            }
        })
    }
}
