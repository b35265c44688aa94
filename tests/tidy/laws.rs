//! Laws of a single file. Each answers with what breaks it: the place, and what to do.

use crate::rooms::CORE;
use crate::source::Source;

/// Past this many lines a file does more than one thing.
const MOST_LINES: usize = 400;

/// What the core cannot name and stay a function of its arguments.
const OUTSIDE_WORLD: &[&str] = &[
    "actix_web",
    "reqwest",
    "rusqlite",
    "tokio",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "async fn",
];

/// Clocks, whoever made them.
const CLOCKS: &[&str] = &[
    "SystemTime",
    "SystemTime::now",
    "Instant::now",
    "Utc::now",
    "Local::now",
];

/// Two words that make a string a statement of SQL.
const STATEMENTS: &[[&str; 2]] = &[
    ["SELECT ", " FROM "],
    ["INSERT ", "INTO "],
    ["UPDATE ", " SET "],
    ["DELETE ", "FROM "],
    ["CREATE ", "TABLE "],
    ["ALTER ", "TABLE "],
    ["PRAGMA ", ""],
];

/// What is never left behind, and what to do instead.
const LEFT_BEHIND: &[(&str, &str)] = &[
    ("dbg!", "log it, or assert it"),
    ("todo!", "write it, or leave it out"),
    ("unimplemented!", "write it, or leave it out"),
    (
        "#[allow(",
        "mend it, or say why with #[expect(…, reason = \"…\")]",
    ),
    (
        "#![allow(",
        "mend it, or say why with #[expect(…, reason = \"…\")]",
    ),
    (
        "#[ignore",
        "a test that does not run proves nothing: mend it, or delete it",
    ),
];

/// The core takes values and gives values: no clock, no I/O, no async.
pub(crate) fn the_core_is_pure(source: &Source) -> Vec<String> {
    if !source
        .module()
        .first()
        .is_some_and(|room| CORE.contains(room))
    {
        return Vec::new();
    }
    let what = "do this outside the core, and hand in what comes of it";
    OUTSIDE_WORLD
        .iter()
        .flat_map(|name| places(source, name, what))
        .collect()
}

/// SQL stands in `store/` and nowhere else.
pub(crate) fn sql_is_the_stores(source: &Source) -> Vec<String> {
    if source.path.starts_with("src/store/") {
        return Vec::new();
    }
    let what = "SQL belongs in src/store/: ask the store for what you need";
    let statement = |text: &str| {
        STATEMENTS
            .iter()
            .any(|words| words.iter().all(|word| text.contains(word)))
    };
    let literals = source
        .literals
        .iter()
        .filter(|literal| statement(&literal.text));
    let mut found: Vec<String> = literals
        .map(|literal| format!("{}:{}: {what}", source.path, literal.line))
        .collect();
    found.extend(places(source, "rusqlite", what));
    found
}

/// Only `clock.rs` asks what time it is.
pub(crate) fn the_clock_is_in_one_place(source: &Source) -> Vec<String> {
    if source.path == "src/clock.rs" {
        return Vec::new();
    }
    let what =
        "take the time from a jibu::clock::Clock, or as an argument, so that it can be moved";
    CLOCKS
        .iter()
        .flat_map(|name| places(source, name, what))
        .collect()
}

/// Files are short.
pub(crate) fn files_are_short(source: &Source) -> Vec<String> {
    let lines = source.whole.lines().count();
    let long = lines > MOST_LINES;
    long.then(|| {
        format!(
            "{}: {lines} lines, of {MOST_LINES} at most: it does two things, so make it two",
            source.path
        )
    })
    .into_iter()
    .collect()
}

/// Nothing is left half done or silenced.
pub(crate) fn nothing_is_left_behind(source: &Source) -> Vec<String> {
    LEFT_BEHIND
        .iter()
        .flat_map(|(name, what)| places(source, name, what))
        .collect()
}

/// A module says what it is for before anything else. Tests beside their module are told by their names.
pub(crate) fn modules_introduce_themselves(source: &Source) -> Vec<String> {
    let tests = source.module().contains(&"tests");
    let silent = !tests && !source.whole.starts_with("//! ");
    silent
        .then(|| {
            format!(
                "{}:1: begin with a line `//! …` that says what lives here",
                source.path
            )
        })
        .into_iter()
        .collect()
}

/// The map in `lib.rs` names each room it declares.
pub(crate) fn the_map_is_whole(map: &Source) -> Vec<String> {
    let declared = map
        .code
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    declared
        .filter(|room| {
            !map.whole
                .lines()
                .any(|line| line.starts_with("//! |") && line.contains(&format!("[`{room}`]")))
        })
        .map(|room| {
            format!(
                "{}: the table of rooms does not tell what `{room}` is",
                map.path
            )
        })
        .collect()
}

fn places(source: &Source, name: &str, what: &str) -> Vec<String> {
    source
        .lines_with(name)
        .into_iter()
        .map(|line| format!("{}:{line}: `{name}`: {what}", source.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Law = fn(&Source) -> Vec<String>;

    fn breaks(law: Law, file: &str, code: &str) -> bool {
        !law(&Source::new(file, code)).is_empty()
    }

    #[test]
    fn a_core_that_looks_outside_is_found() {
        let law = the_core_is_pure;
        for code in [
            "use tokio::sync::Notify;",
            "fn f() { std::fs::read(p); }",
            "let t = Utc::now();",
            "pub async fn f() {}",
        ] {
            assert!(breaks(law, "src/intake/mod.rs", code), "{code}");
            assert!(!breaks(law, "src/service.rs", code), "{code}");
        }
        assert!(!breaks(
            law,
            "src/intake/mod.rs",
            "/// Never std::fs.\nfn instants() { f(\"tokio\") }"
        ));
    }

    #[test]
    fn sql_outside_the_store_is_found() {
        let law = sql_is_the_stores;
        for code in [
            "q(\"SELECT a\n FROM b\")",
            "q(\"INSERT OR IGNORE INTO a\")",
            "q(r#\"UPDATE a SET b = 1\"#)",
            "q(\"DELETE FROM a\")",
            "q(\"PRAGMA foreign_keys\")",
            "use rusqlite::Connection;",
        ] {
            assert!(breaks(law, "src/actions/reply.rs", code), "{code}");
            assert!(!breaks(law, "src/store/outbox.rs", code), "{code}");
        }
        assert!(!breaks(
            law,
            "src/actions/reply.rs",
            "// SELECT a FROM b\nbail!(\"an UPDATE failed\")"
        ));
    }

    #[test]
    fn a_second_clock_is_found() {
        let law = the_clock_is_in_one_place;
        for code in [
            "tokio::time::Instant::now()",
            "chrono::Utc::now()",
            "use std::time::SystemTime;",
        ] {
            assert!(breaks(law, "src/outbox/pace.rs", code), "{code}");
            assert!(!breaks(law, "src/clock.rs", code), "{code}");
        }
        assert!(!breaks(law, "src/outbox/pace.rs", "clock.now()"));
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(breaks(files_are_short, "src/a.rs", &"\n".repeat(401)));
        assert!(!breaks(files_are_short, "src/a.rs", &"\n".repeat(400)));
    }

    #[test]
    fn what_is_left_behind_is_found() {
        for code in [
            "dbg!(a)",
            "todo!()",
            "unimplemented!()",
            "#[allow(dead_code)]",
            "#![allow(x)]",
            "#[ignore]",
            "#[ignore = \"slow\"]",
        ] {
            assert!(
                breaks(nothing_is_left_behind, "tests/it/main.rs", code),
                "{code}"
            );
        }
        assert!(!breaks(
            nothing_is_left_behind,
            "src/a.rs",
            "#[expect(dead_code, reason = \"todo!\")] // dbg!"
        ));
    }

    #[test]
    fn a_silent_module_is_found() {
        assert!(breaks(
            modules_introduce_themselves,
            "src/a.rs",
            "use b;\n//! Late."
        ));
        assert!(!breaks(
            modules_introduce_themselves,
            "src/a.rs",
            "//! What lives here."
        ));
        assert!(!breaks(
            modules_introduce_themselves,
            "src/a/tests.rs",
            "use super::*;"
        ));
    }

    #[test]
    fn a_hole_in_the_map_is_found() {
        assert!(breaks(
            the_map_is_whole,
            "src/lib.rs",
            "//! [`a`]\n//! | [`b`] | … |\npub mod a;\npub mod b;"
        ));
        assert!(!breaks(
            the_map_is_whole,
            "src/lib.rs",
            "//! | [`a`], [`b`] | … |\npub mod a;\npub mod b;"
        ));
    }
}
