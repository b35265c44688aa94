//! A directory of files, checked in one go: all of it holds, or all that is wrong with it is told.

pub mod secret;
pub mod settings;

pub use secret::Secret;
pub use settings::Settings;
