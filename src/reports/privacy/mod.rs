//! What is shown to those outside the convener's and the holder's own view: the committee, the public, other counties.
//!
//! # The rule
//!
//! *Nobody is known by a figure.* A figure of 1 to 4 complaints is hidden, and so much besides that it cannot be computed from anything
//! that is shown, in whatever table, of whatever month.
//!
//! 1. **What may be asked** ([`may_ask`]): one county, whole months that are over, by two things at most that complaints are told apart
//!    by. A filter is one of them (its answer is a line of the table by it), and so is what is counted: "open" is one column of the table
//!    of open and not. So all that outsiders ever see are the tables by one and by two of a month, and sums of these.
//! 2. **Tables by one** (threshold rule with secondary suppression: Hundepool et al., *Statistical Disclosure Control*, 2012, chapter 4;
//!    the threshold of 5 is this project's): categories of 1 to 4 are hidden; then the next larger ones, until two are hidden at least,
//!    that have 5 together, and one of them more than one. If that hides all, the total stands alone; a total of 1 to 4 is hidden too. A
//!    hidden category is hidden in all tables. "Not given" is a category like others.
//! 3. **Tables by two**: cells of 1 to 4 are hidden, and so are those of a *twin*. A twin is the same month but for two complaints, each of
//!    which is what the other is in one matter (gender; or place; or what became of it), so that the small cell has one more or one less.
//!    All cells that would be others are hidden, so the twin's tables look the same: whoever sees them cannot know which of the two it
//!    is, whatever they compute. Of all twins that one is taken that costs least. Then, in each row and column, the hidden cells are
//!    made two at least with 5 together, as far as there are any.
//! 4. **What depends on each other** is one matter, and no table has two of it: sub-county and ward; status, outcome and all that is
//!    counted of complaints. A category of these that is small is hidden with what one of its complaints would be instead. So is what a
//!    figure differs by from those of another axis that lie within it or cover it, in a table by one and in each column of a table by two:
//!    of twenty that are open eighteen are overdue, and two are not; of a sub-county two are of none of its wards. Whichever table tells
//!    these figures: what is hidden beside one status may be told beside "was reopened", where the same complaints are both.
//! 5. **Months are the base.** Of a longer time a figure is shown where each of its months shows it, so that it says nothing that they
//!    do not.
//! 6. **Shares and durations** are shown where the table by what they are of (in time, late, overdue) shows each part of it, and they rest on
//!    5 at least; durations to a tenth of a day, so that none is one complaint's own to the second.
//!    How long complaints were held is told of one organisation and one month, of so many hops rounded down to fives: what several had
//!    together would tell with its parts how many were passed on.
//! 7. **Zero is shown**, unless it is a cell that differs in a twin: what is hidden may be zero, then.
//! 8. **Sensitive complaints** are in no table; of a month, how many there were is shown where it is 5 or more.
//!
//! # Rejected
//!
//! - *Each table for itself*, with the exact criterion of Gusfield (*A graph theoretic approach to data security*, SIAM J. Comput. 17,
//!   1988): a hidden cell can be computed from its own table if and only if it is a bridge of the graph of rows and columns. True of
//!   one table; but a zero that is shown in one says zero of parts of others: where a sector has one organisation, by sector and by
//!   organisation are the same line, and what one table hides the other shows. A twin holds over all tables at once.
//! - *Rounding, or noise*: nothing need be hidden, but the columns of a table no longer add up, and the radio reads out figures that are none.
//!
//! # What it does not hold against
//!
//! An organisation knows its own complaints and may take them off. And what becomes of a month's complaints after it is over would change
//! its figures: who keeps the answers of two days would see the difference. So outsiders are told of months as they were
//! [published](super::Publication), once.
//!
//! # Decided once
//!
//! What is hidden of a month ([`Protection`]) is worked out when it is published ([`Month`]), and kept with it; so is where its places lay.
//! [`Outside`] works out nothing: it counts, and leaves out what was decided. Were it worked out again, by another version or another
//! gazetteer, other cells of the same month would be hidden: two editions, and their difference is what each of them hides. So a version
//! that hides more, or tells more, does so of months that are published from then on: of the others it tells what was decided, and by
//! nothing else.
//!
//! Rates follow the gazetteer, as people do, and working days the calendar: neither is a figure of complaints, and what is hidden does not
//! depend on them. Which days are a month is by its county's zone, whose edit would move complaints between months: that is in the hands of
//! who has the files.

mod alike;
mod archive;
mod asked;
mod axis;
mod few;
mod hiding;
mod kept;
mod month;
mod outside;
mod protection;
mod tables;
mod twin;

pub use archive::Archive;
pub use asked::{Allowed, Refused, may_ask};
pub use month::Month;
pub use outside::Outside;
pub use protection::Protection;
pub use tables::FEWEST;

#[cfg(test)]
mod tests;
