//! What outsiders see, and whether they can compute what they do not.

mod attack;
mod became;
mod covers;
mod figures;
mod hops;
mod kept;
mod told;
mod town;
