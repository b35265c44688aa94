//! Any file of replies is refused with a reason, or holds words and texts.

#![no_main]

use jibu::intake::replies::Replies;
use libfuzzer_sys::fuzz_target;

mod told;

fuzz_target!(|source: &str| {
    let file = "replies/en.toml";
    let files = [(file.to_owned(), source.to_owned())];
    match Replies::load(&files, &[], &[], &["Habasswein"]) {
        Ok(replies) => assert_eq!(replies.languages().count(), 1),
        Err(found) => told::tell(file, source, found),
    }
});
