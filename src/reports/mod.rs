//! What complaints are about, where, from whom, and how long they took: a question, counted over all complaints that it is about, and the
//! table that answers it.
//!
//! Plain values in, plain values out: the store reads [`Fact`]s, [`Count`] folds them, an [`Answer`] is what pages, files and charts show.

mod answer;
pub mod chart;
mod codes;
pub mod comparison;
mod count;
mod counted_for;
pub mod dashboard;
mod dimension;
mod fact;
mod figure;
mod finding;
mod inhabitants;
mod key;
mod measure;
mod needs;
mod period;
mod pieces;
pub mod privacy;
mod publication;
mod question;
mod recent;
mod shortened;
mod spread;
mod statistic;
mod tally;
pub mod write;

pub use answer::{Answer, Key, LeftOut};
pub use codes::{Code, Codes};
pub use count::Count;
pub use counted_for::CountedFor;
pub use dimension::Dimension;
pub use fact::{ComplaintRow, Fact, HopRow, Reached};
pub use figure::{Figure, Value};
pub use finding::{By, Change, Extreme, Finding, LEAST, Part, Shape};
pub use key::Ground;
pub use measure::{Days, Measure, Stage};
pub use needs::Field;
pub use period::{NoPeriod, Period};
pub use pieces::{Piece, PieceOf, Pieces};
pub use publication::{Publication, day_of_publication, to_publish};
pub use question::{Question, Wrong};
pub use shortened::{Rest, together};
pub use spread::Spread;
pub use statistic::Statistic;

#[cfg(test)]
mod tests;
