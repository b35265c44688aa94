//! The people of the console: who they are, how they prove it, and what they may do. Decided here and nowhere else.

mod account;
mod authenticator;
mod common;
mod may;
pub mod password;
mod person;
pub mod session;
mod token;

pub use account::Account;
pub use authenticator::Authenticator;
pub use may::{
    Concern, Deed, IMPORTS, MINDS_THE_LINE, Sight, may, may_read_names, may_reveal, sight,
};
pub use person::{Person, PersonId, Role, RoleKind};
pub use session::Session;
pub use token::{Token, TokenHash};
