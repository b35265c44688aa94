//! The console as people with a browser meet it: over real HTTP, by the addresses, forms and cookies that their browser sees.

mod access;
mod audit;
mod browser;
mod command;
mod compare;
mod complaint;
mod counties;
mod emails;
mod figures;
mod groups;
mod headers;
mod import;
mod intake;
mod invitations;
mod languages;
mod lists;
mod login;
mod people;
mod queue;
mod report;
mod sessions;
mod sight;
mod strangers;
mod texts;
mod town;

pub(crate) use browser::{Browser, Page};
pub(crate) use town::{PASSWORD, Town, officer};
