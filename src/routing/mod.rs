//! Who can mend it: an administrator's rules, matched against a text, and the decision they come to, with its reasons.
//!
//! `load` reads and checks `routing.toml` into [`Rules`]; `matcher` finds the words of all rules in one pass over a text;
//! [`decide`] weighs what was found.

mod decide;
mod decision;
pub mod learn;
mod load;
mod matcher;
mod rules;
mod suggest;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub use decision::{Decision, Reason, RunnerUp};
pub use rules::Rules;
pub use suggest::{Suggester, Suggestion};
