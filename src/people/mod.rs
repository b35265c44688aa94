//! The people of the console: who they are, how they prove it, and what they may do. Decided here and nowhere else.

mod may;
mod person;
pub mod session;
mod token;

pub use may::{Concern, Deed, Sight, may, sight};
pub use person::{Person, PersonId, Role, RoleKind};
pub use session::Session;
pub use token::{Token, TokenHash};
