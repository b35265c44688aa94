//! How the console looks: the frame that every page stands in, its style sheet, and what is shown the same everywhere.
//!
//! A page is a struct with an askama template that extends `look/layout.html` and a field `frame`. The content security policy allows
//! no inline script and no inline style: all of them are the [`Assets`].

mod assets;
mod dates;
mod frame;
mod serve;
mod strangers;

pub(in crate::console) use assets::Assets;
pub(in crate::console) use dates::{Calendar, DueText, Moment, Pressing};
pub(in crate::console) use frame::{Frame, Link, Who, counted};
pub(in crate::console) use serve::{asset, page};
pub(in crate::console) use strangers::{first_words, shown};
