//! The people of the console: who they are, and what they may do. Decided here and nowhere else.

mod may;
mod person;

pub use may::{Concern, Deed, Sight, may, sight};
pub use person::{Person, PersonId, Role};
