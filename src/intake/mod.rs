//! What a text means. Pure: the text, what is known of the phone and the configuration in; a meaning out.
//!
//! `numbers` finds tracking numbers, `replies` knows each language's words and texts, `places` the gazetteer; `reading`
//! puts together what a text shows by itself, `question` what a phone is asked, `continuation` which complaint words belong to;
//! `conversation` decides what a text means from this phone, now. `gist` tells whether two texts may be on the same matter.

pub mod continuation;
pub mod conversation;
mod gist;
pub mod numbers;
pub mod places;
pub mod question;
pub mod reading;
pub mod replies;

pub use continuation::OpenComplaint;
pub use conversation::{Meaning, understand};
pub use gist::Gist;
pub use question::{Answer, Asks, Question, Verdict};
pub use reading::{Reading, words_of};
