//! The laws that this code base holds itself to, beyond what the compiler and clippy know. Each law is tried on code that
//! breaks it, beside where it is written; here they are held against the code base.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test that cannot read what it judges fails by panicking"
)]

mod laws;
mod manuals;
mod paths;
mod rooms;
mod source;

use std::path::Path;

use source::{Source, tree};

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds a law against all files of a folder, and tells all that break it at once.
fn hold(folder: &str, law: impl Fn(&Source) -> Vec<String>) {
    let sources = tree(top(), folder);
    assert!(
        !sources.is_empty(),
        "no file of Rust in {folder}/: the law was held against nothing"
    );
    tell(sources.iter().flat_map(law).collect());
}

fn tell(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn rooms_know_only_whom_they_may() {
    hold("src", rooms::break_ins);
}

#[test]
fn the_core_is_pure() {
    hold("src", laws::the_core_is_pure);
}

#[test]
fn sql_is_the_stores() {
    hold("src", laws::sql_is_the_stores);
}

#[test]
fn the_clock_is_in_one_place() {
    hold("src", laws::the_clock_is_in_one_place);
}

#[test]
fn files_are_short() {
    hold("src", laws::files_are_short);
    hold("tests", laws::files_are_short);
}

#[test]
fn nothing_is_left_behind() {
    hold("src", laws::nothing_is_left_behind);
    hold("tests", laws::nothing_is_left_behind);
}

#[test]
fn modules_introduce_themselves() {
    hold("src", laws::modules_introduce_themselves);
}

#[test]
fn the_map_is_whole() {
    let map = std::fs::read_to_string(top().join("src/lib.rs")).unwrap();
    tell(laws::the_map_is_whole(&Source::new("src/lib.rs", &map)));
}

#[test]
fn manuals_name_what_there_is() {
    tell(manuals::inventions(top()));
}
