//! Complaints of another system, brought in a file.
//!
//! A file is read (`source`), its columns mean what a mapping says (`mapping`, `values`), and each row is checked and routed before
//! any is taken (`check`). What is good is laid ready beside the database as a whole, and whoever owns the database takes it in
//! (`taking_in`): the service, a few rows at a time between the texts that come in, or the command where no service runs. A row has one
//! effect, however often it is imported, so that whatever was interrupted is simply done again.

mod check;
mod chosen;
mod course;
mod draft;
mod handed_over;
mod mapping;
mod order;
mod preparing;
mod refusal;
mod source;
mod taking_in;
mod values;
mod wrong;

pub use check::{Broken, Check, Checking, Mistake, Parts, Sink};
pub use chosen::{Chosen, clear_away};
pub use course::Course;
pub use draft::draft;
pub use mapping::Mapping;
pub use order::{By, Order};
pub use refusal::{Refusal, Terms, segments_left};
pub use source::{Row, Source, Unreadable, Written, encoding};
pub use taking_in::{TakenIn, order, run, take_in};
pub use wrong::{Why, Wrong};
