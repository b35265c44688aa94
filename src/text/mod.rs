//! Texts as data: how they compare, how they count on a phone, and what is wrong with a file and where.

pub mod diagnostic;
pub mod findings;
pub mod gsm7;
pub mod hex;
pub mod json;
pub mod lines;
pub mod normalise;
pub mod phrases;
pub mod separator;
pub mod shown;
mod slips;
pub mod toml_file;
