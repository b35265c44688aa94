//! Counting, month by month: one reading for all that is asked about the same days, and none for what was counted before and did not change.

use std::sync::Arc;

use rusqlite::params;

use super::error::StoreError;
use super::facts::{Span, Wanted};
use super::reader::Reader;
use crate::reports::{Codes, Count, CountedFor, Fact, Ground, Period, PieceOf, Question};

/// How often one hears how far it is.
const TOLD_EVERY: u64 = 16_384;

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
            codes: Codes::default(),
        }
    }

    /// What these come to, in their order. `done` hears how much of it there is, 0 to 1.
    ///
    /// All figures of the same days are of one moment. Those of other days may be of seconds later: a complaint stays in its month, and a
    /// look at all of a year at once would keep the write-ahead log from beginning anew for as long.
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
        let mut told = HowFar::new(spells.len());
        for (period, pieces) in spells {
            let span = Span::of(period, self.ground, self.whom);
            told.begin(&span);
            self.count(&mut counts, &span, period, pieces, |fact| {
                told.one_more(fact, &mut done);
            })?;
        }
        Ok(counts)
    }

    fn begin(&mut self, question: Question) -> Count<'a> {
        let apart = self.whom.sensitive_apart;
        Count::new(question, self.ground.clone(), apart, &mut self.codes)
    }

    /// Adds what these pieces come to, all about the same days. `seen` hears of each complaint.
    fn count(
        &mut self,
        counts: &mut [Count<'a>],
        span: &Span<'_>,
        period: Period,
        pieces: Vec<Asked>,
        mut seen: impl FnMut(&Fact),
    ) -> Result<(), StoreError> {
        let connection = self.reader.connection;
        let snapshot = self.keeps.then(|| connection.unchecked_transaction());
        let _snapshot = snapshot.transpose()?;
        let changes = self.reader.changes(period, self.ground)?;
        let mut passes: Vec<Pass<'a>> = Vec::new();
        for Asked { place, piece } in pieces {
            let of = self.kept_as(&piece);
            let kept = of.as_ref().and_then(|of| {
                let now = self.ground.now.timestamp_millis();
                self.ground.pieces.piece(of, changes, now)
            });
            if let (Some(kept), Some(count)) = (kept, counts.get_mut(place)) {
                count.join_piece(&kept, &mut self.codes);
                continue;
            }
            let source = Source::of(&piece);
            let missing = Missing {
                place,
                count: self.begin(piece),
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
        for mut pass in passes {
            self.read(&mut pass, span, &mut seen)?;
            for missing in pass.missing {
                if let Some(of) = missing.of {
                    let piece = Arc::new(missing.count.piece(&self.codes));
                    self.ground.pieces.keep(of, changes, piece);
                }
                if let Some(count) = counts.get_mut(missing.place) {
                    count.join(missing.count);
                }
            }
        }
        Ok(())
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

    /// Reads for all of a pass.
    fn read(
        &mut self,
        pass: &mut Pass<'a>,
        span: &Span<'_>,
        mut seen: impl FnMut(&Fact),
    ) -> Result<(), StoreError> {
        let Self { reader, codes, .. } = self;
        let wanted = pass.wanted();
        let missing = &mut pass.missing;
        let mut add = |fact: &Fact, codes: &mut Codes| {
            let counts = missing.iter_mut();
            counts.for_each(|missing| missing.count.add(fact, codes));
            seen(fact);
        };
        match pass.source {
            Source::Complaints => reader.facts(wanted, span, codes, &mut add),
            Source::Hops => {
                let now = self.ground.now.timestamp_millis();
                reader.facts_of_hops(wanted, span, now, codes, &mut add)
            }
            Source::Lodging => missing.iter_mut().try_for_each(|missing| {
                reader.count_lodged(&mut missing.count, self.ground, self.whom, codes)
            }),
        }
    }
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
    /// The columns that its questions look at.
    fn wanted(&self) -> Wanted {
        Wanted::of(|field| {
            let mut missing = self.missing.iter();
            missing.any(|missing| missing.count.question().needs(field))
        })
    }
}

/// How far it is, by the days that are counted: to count the complaints beforehand would take a part of the time that it tells of.
struct HowFar {
    spells: f64,
    over: f64,
    from: i64,
    until: i64,
    seen: u64,
}

impl HowFar {
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    fn new(spells: usize) -> Self {
        Self {
            spells: spells.max(1) as f64,
            over: -1.0,
            from: 0,
            until: 0,
            seen: 0,
        }
    }

    /// The next days.
    fn begin(&mut self, span: &Span<'_>) {
        self.over += 1.0;
        let bounds = span.counties.first().map(|(_, bounds)| *bounds);
        (self.from, self.until) = bounds.unwrap_or_default();
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a piece of the whole, for a bar"
    )]
    fn one_more(&mut self, fact: &Fact, done: &mut impl FnMut(f64)) {
        self.seen += 1;
        if self.seen.is_multiple_of(TOLD_EVERY) {
            let gone = (fact.opened_at - self.from) as f64 / (self.until - self.from).max(1) as f64;
            done((self.over + gone.clamp(0.0, 1.0)) / self.spells);
        }
    }
}
