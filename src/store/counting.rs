//! Counting: one pass over the complaints for all that is asked about the same days, and none for what was counted before and did not change.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::params;

use super::error::StoreError;
use super::facts::{Span, Wanted};
use super::reader::Reader;
use crate::reports::{Codes, Count, CountedFor, Fact, Ground, Period, Piece, PieceOf, Question};

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
    /// How often something changed of what was lodged in these days.
    changes: HashMap<Period, i64>,
}

impl<'r, 'a> Counting<'r, 'a> {
    pub(super) fn new(
        reader: &'r Reader<'r>,
        ground: &'a Ground<'a>,
        whom: &'a CountedFor,
        keeps: bool,
    ) -> Self {
        Self {
            reader,
            ground,
            whom,
            keeps,
            codes: Codes::default(),
            changes: HashMap::new(),
        }
    }

    /// What these come to, in their order. `done` hears how much of it there is, 0 to 1.
    pub(super) fn all(
        &mut self,
        questions: &[Question],
        mut done: impl FnMut(f64),
    ) -> Result<Vec<Count<'a>>, StoreError> {
        let mut counts: Vec<Count<'a>> = Vec::new();
        let mut passes: Vec<Pass<'a>> = Vec::new();
        for (place, question) in questions.iter().enumerate() {
            let mut count = self.begin(question.clone());
            for asked in pieces(question) {
                let kept = self.kept(&asked)?;
                let piece = kept.as_ref().and_then(|kept| self.piece(kept));
                if let Some(piece) = piece {
                    count.join_piece(&piece, &mut self.codes);
                    continue;
                }
                let missing = Missing {
                    place,
                    count: self.begin(asked),
                    kept,
                };
                match passes.iter_mut().find(|pass| pass.fits(&missing)) {
                    Some(pass) => pass.missing.push(missing),
                    None => passes.push(Pass::new(missing, self.ground, self.whom)),
                }
            }
            counts.push(count);
        }
        let mut told = HowFar::new(passes.len());
        for mut pass in passes {
            told.begin(&pass.span);
            self.count(&mut pass, |fact| told.one_more(fact, &mut done))?;
            for missing in pass.missing {
                if let Some(Kept { of, changes }) = missing.kept {
                    let piece = Arc::new(missing.count.piece(&self.codes));
                    self.ground.pieces.keep(of, changes, piece);
                }
                if let Some(count) = counts.get_mut(missing.place) {
                    count.join(missing.count);
                }
            }
        }
        Ok(counts)
    }

    fn begin(&mut self, question: Question) -> Count<'a> {
        let apart = self.whom.sensitive_apart;
        Count::new(question, self.ground.clone(), apart, &mut self.codes)
    }

    /// As what its piece is kept; `None`: it is not.
    fn kept(&mut self, asked: &Question) -> Result<Option<Kept>, StoreError> {
        if !self.keeps || !asked.has_small_pieces() {
            return Ok(None);
        }
        let changes = match self.changes.get(&asked.period) {
            Some(changes) => *changes,
            None => {
                let changes = self.reader.changes(asked.period, self.ground)?;
                self.changes.insert(asked.period, changes);
                changes
            }
        };
        let counties = self.ground.counties.iter();
        let of = PieceOf {
            whom: self.whom.clone(),
            counties: counties.map(|(county, _)| county.clone()).collect(),
            question: asked.clone(),
        };
        Ok(Some(Kept { of, changes }))
    }
}

impl<'a> Counting<'_, 'a> {
    fn piece(&self, kept: &Kept) -> Option<Arc<Piece>> {
        let now = self.ground.now.timestamp_millis();
        self.ground.pieces.piece(&kept.of, kept.changes, now)
    }

    /// Counts for all of a pass. `seen` hears of each complaint.
    fn count(
        &mut self,
        pass: &mut Pass<'a>,
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
            Source::Complaints => reader.facts(wanted, &pass.span, codes, &mut add),
            Source::Hops => {
                let now = self.ground.now.timestamp_millis();
                reader.facts_of_hops(wanted, &pass.span, now, codes, &mut add)
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

/// What a question is put together of: its months, where their pieces are kept.
fn pieces(question: &Question) -> Vec<Question> {
    let months = question.period.months();
    if !question.has_small_pieces() || months.len() > MOST_MONTHS {
        return vec![question.clone()];
    }
    let months = months.into_iter();
    months.map(|month| question.in_period(month)).collect()
}

/// As what a piece is kept.
struct Kept {
    of: PieceOf,
    /// How often something had changed when it was counted.
    changes: i64,
}

/// A piece of a question that nobody counted yet.
struct Missing<'a> {
    /// The question's place among all.
    place: usize,
    count: Count<'a>,
    kept: Option<Kept>,
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

/// What is counted together: about the same days, by the same reading.
struct Pass<'a> {
    source: Source,
    period: Period,
    span: Span<'a>,
    missing: Vec<Missing<'a>>,
}

impl<'a> Pass<'a> {
    fn new(first: Missing<'a>, ground: &Ground<'_>, whom: &'a CountedFor) -> Self {
        let question = first.count.question();
        Self {
            source: Source::of(question),
            period: question.period,
            span: Span::of(question.period, ground, whom),
            missing: vec![first],
        }
    }

    fn fits(&self, missing: &Missing<'_>) -> bool {
        let question = missing.count.question();
        self.period == question.period && self.source == Source::of(question)
    }

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
    passes: f64,
    over: f64,
    from: i64,
    until: i64,
    seen: u64,
}

impl HowFar {
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    fn new(passes: usize) -> Self {
        Self {
            passes: passes.max(1) as f64,
            over: -1.0,
            from: 0,
            until: 0,
            seen: 0,
        }
    }

    /// The next pass.
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
            done((self.over + gone.clamp(0.0, 1.0)) / self.passes);
        }
    }
}
