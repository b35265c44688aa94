//! What leaves the system: figures and rows as files that other programs read.

mod cell;
mod csv;
mod figures;
mod json;
mod open_data;
pub mod rows;
mod xlsx;

pub use csv::csv;
pub use figures::Labels;
pub use json::json;
pub use open_data::OpenData;
pub use xlsx::{Book, xlsx};

#[cfg(test)]
mod tests;
