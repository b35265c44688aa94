//! What outsiders see, and whether they can compute what they do not.

mod attack;
mod figures;
mod kept;
mod told;
mod town;
