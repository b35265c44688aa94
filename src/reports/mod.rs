//! What complaints are about, where, from whom, and how long they took: a question, counted over all complaints that it is about, and the
//! table that answers it.
//!
//! Plain values in, plain values out: the store reads [`Fact`]s, [`Count`] folds them, an [`Answer`] is what pages, files and charts show.

mod answer;
mod codes;
mod count;
mod dimension;
mod fact;
mod figure;
mod key;
mod measure;
mod period;
pub mod privacy;
mod question;
mod statistic;

pub use answer::{Answer, Key, LeftOut};
pub use codes::{Code, Codes};
pub use count::Count;
pub use dimension::Dimension;
pub use fact::{Fact, Reached};
pub use figure::{Figure, Value};
pub use key::Ground;
pub use measure::{Days, Measure, Stage};
pub use period::Period;
pub use question::{Question, Wrong};
pub use statistic::Statistic;

#[cfg(test)]
mod tests;
