//! Who can mend it: an administrator's rules, matched against a text, and the decision they come to, with its reasons.
//!
//! `load` reads and checks `routing.toml` into [`Rules`], and `lint` says what is right in it and hardly meant; `matcher` finds the words of all rules in one pass over a text;
//! [`decide`] weighs what was found. [`learn`] proposes rules from labelled texts, and a [`Suggester`] names whom to think of where no rule is sure enough;
//! [`score`] says how well the rules do on labelled texts, a [`Replay`] what edited ones would do to the complaints that there are.

mod decide;
mod decision;
pub mod learn;
mod lint;
mod load;
mod matcher;
mod named;
mod pact;
mod replay;
mod rules;
mod schema;
pub mod score;
mod suggest;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub use decision::{Decision, Reason, RunnerUp};
pub use pact::{Bidder, Pact};
pub use replay::{ByPeople, Replay};
pub use rules::Rules;
pub use schema::schema;
pub use suggest::{Suggester, Suggestion};
