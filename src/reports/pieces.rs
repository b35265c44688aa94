//! What was counted before, month by month: for a year's figures only the months in which something changed are counted again.

use std::sync::{Arc, Mutex, PoisonError};

use super::recent::Recent;
use super::tally::Packed;
use super::{CountedFor, Days, Key, LeftOut, Question};
use crate::complaint::CountyId;

/// So many cells are young at most, and as many old: a year of a county with fifty organisations has some ten thousand.
const MOST: usize = 200_000;
/// What a cell takes, in bytes, about.
const CELL: usize = 100;
/// What it takes that a piece is known by its question, in cells.
const OF_KEY: usize = 4;

/// Keeps what was counted. It is of the places and calendars of one configuration.
#[derive(Debug)]
pub struct Pieces(Mutex<Recent<PieceOf, (i64, Arc<Piece>)>>);

/// What a piece answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PieceOf {
    /// For whom.
    pub whom: CountedFor,
    /// In which counties.
    pub counties: Vec<CountyId>,
    /// What.
    pub question: Question,
}

/// What a question comes to over some complaints; several are put together to one answer.
#[derive(Debug)]
pub struct Piece {
    /// By row and column.
    pub(super) cells: Vec<([Key; 2], Packed)>,
    pub(super) left_out: LeftOut,
    /// From the first to the last moment (UTC milliseconds) at which it comes to that: what is not late now may be later.
    pub(super) holds: (i64, i64),
}

impl Question {
    /// Whether its pieces may be kept: not all times by the clock, of which each is another, nor how long somebody has had something up to
    /// now.
    pub fn may_be_kept(&self) -> bool {
        !self.measure.is_of_hops() && self.measure.days() != Some(Days::Calendar)
    }
}

impl Default for Pieces {
    fn default() -> Self {
        Self(Mutex::new(Recent::new(MOST)))
    }
}

impl Pieces {
    /// What was counted after so many changes, if it is that at `now` (UTC milliseconds) too.
    pub fn piece(&self, of: &PieceOf, changes: i64, now: i64) -> Option<Arc<Piece>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, piece) = kept.get(of)?;
        let (from, until) = piece.holds;
        (since == changes && (from..=until).contains(&now)).then_some(piece)
    }

    /// Keeps what was counted after so many changes.
    pub fn keep(&self, of: PieceOf, changes: i64, piece: Arc<Piece>) {
        let cells = piece.cells.iter().map(|(_, tally)| 1 + tally.times.len());
        let filters = of.question.filters().iter();
        let letters = filters.map(|(_, value)| value.as_ref().map_or(0, String::len));
        let weight = OF_KEY + letters.sum::<usize>() / CELL + cells.sum::<usize>();
        if weight > MOST / 4 {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.keep(of, (changes, piece), weight);
    }
}
