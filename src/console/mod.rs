//! Door in: officers, conveners, committees and administrators, with a browser.

mod look;
mod words;
