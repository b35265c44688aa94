//! Files as nobody writes them, and as a program, a broken disk or somebody with bad intentions may: each has a clear answer, soon,
//! and of bearable length.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use jibu::clock::Stopwatch;
use jibu::configuration::Configuration;
use jibu::text::diagnostic::Level;

use crate::edited::copy_sample;
use crate::process::shipped;

/// What takes longer by a power of the file's size takes minutes or hours; all else is answered in a second or two, but on a machine
/// that is busy with other tests.
const SOON: Duration = Duration::from_secs(60);

/// What is told of the sample with one file of other content: nothing if it is good.
fn told(file: &str, content: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    copy_sample(folder.path());
    fs::write(folder.path().join(file), content).unwrap();
    let asked = Stopwatch::start();
    let Err(findings) = Configuration::from_directory(folder.path(), []) else {
        assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
        return Vec::new();
    };
    let (told, report) = (findings.told(Level::Error, 20), findings.render(true));
    assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
    assert!(
        report.len() < 1_000_000,
        "a report of {} bytes",
        report.len()
    );
    for line in &told {
        assert!(
            line.len() < 4_000 && !line.contains(char::is_control),
            "{line}"
        );
    }
    told
}

/// Whether it is told of each, at its place, what is wrong with it; nothing where that is `""`.
pub(crate) fn expect(file: &str, answers: &[(&str, String, &str)]) {
    for (what, content, expected) in answers {
        let told = told(file, content.as_bytes());
        let is_as_expected = match *expected {
            "" => told.is_empty(),
            expected => {
                let expected = format!("{file}{expected}");
                told.iter().any(|line| line.starts_with(&expected))
            }
        };
        assert!(is_as_expected, "{what}, {expected}: {told:#?}");
    }
}

pub(crate) fn routing() -> String {
    fs::read_to_string(shipped().join("routing.toml")).unwrap()
}

/// The first line of the sample's rules that begins so.
fn line_of(begin: &str) -> usize {
    1 + routing()
        .lines()
        .position(|line| line.starts_with(begin))
        .unwrap()
}

/// The sample's rules and one more, whose words are these.
pub(crate) fn with_words(words: &str) -> String {
    routing() + &format!("[[rule]]\nid = \"zebra\"\nto = \"convener\"\nany = [{words}]\n")
}

/// The sample's rules with another value of `sure_enough`.
fn sure_enough(value: &str) -> String {
    routing().replacen("sure_enough = 0.5", &format!("sure_enough = {value}"), 1)
}

/// That many lines, each made from its number.
pub(crate) fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).unwrap();
        text
    })
}

#[test]
fn what_is_nested_without_end_is_told_and_overflows_nothing() {
    let deep = |part: &str| part.repeat(100_000);
    let too_deep = ": error: brackets are nested too deeply";
    expect(
        "routing.toml",
        &[
            (
                "a list",
                format!("a = {}", deep("[")),
                &format!(":1:85{too_deep}"),
            ),
            (
                "a list that is closed",
                format!("a = {}{}", deep("["), deep("]")),
                &format!(":1:85{too_deep}"),
            ),
            (
                "a section",
                format!("a = {}1{}", deep("{b="), deep("}")),
                &format!(":1:245{too_deep}"),
            ),
            (
                "a header",
                format!("[[{}", deep("[")),
                ":1:3: error: unquoted keys cannot be empty",
            ),
            (
                "a key",
                format!("{}a = 1", deep("a.")),
                ": error: a key of this file has too many parts",
            ),
            (
                "a section's name",
                format!("[[{}a]]\nb = 1", deep("a.")),
                ": error: a key of this file has too many parts",
            ),
            (
                "many keys",
                lines(500, |number| format!("{}b{number} = 1", "a.".repeat(1000))),
                ": error: a key of this file has",
            ),
            (
                "open lists",
                "a = [\n".repeat(40_000),
                ":1:5: error: this list is not closed",
            ),
        ],
    );
}

#[test]
fn what_is_very_long_is_told_without_repeating_it() {
    let long = "abcdefghij".repeat(100_000);
    let too_long = "is far too long: 1000000 bytes";
    let line = routing().lines().count();
    let at = |line: usize, column: usize, told: &str| format!(":{line}:{column}: error: {told}");
    expect(
        "routing.toml",
        &[
            (
                "a word",
                with_words(&format!("\"{long}\"")),
                &at(line + 4, 8, &format!("`any` {too_long}")),
            ),
            (
                "a zone",
                routing().replacen("Africa/Nairobi", &long, 1),
                &at(line_of("zone = "), 8, &format!("`zone` {too_long}")),
            ),
            (
                "an id",
                format!("{}[[rule]]\nid = \"{long}\"", routing()),
                &at(line + 2, 6, &format!("`id` {too_long}")),
            ),
            (
                "a key",
                format!("{}[[rule]]\n{long} = 1", routing()),
                &at(line + 2, 1, "unknown key `abcdefghij"),
            ),
            (
                "a remark",
                format!("{}# {long}{long}{long}{long}", routing()),
                "",
            ),
            (
                "a line of words that are none",
                with_words(&"\"?\",".repeat(50_000)),
                &at(line + 4, 8, "`?` has no letter"),
            ),
            (
                "a line of numbers",
                with_words(&"1,".repeat(100_000)),
                &at(line + 4, 8, "a word in `any` must be a text"),
            ),
            (
                "a line of nothing",
                "x ".repeat(200_000),
                ":1:3: error: key with no value",
            ),
            (
                "quotes",
                "\"".repeat(1_000_000),
                ":1:9: error: key with no value",
            ),
            (
                "a text over all the file",
                format!("a = \"\"\"{}", "x\n".repeat(100_000)),
                ":1:1: error: unknown section `a`",
            ),
        ],
    );
    expect(
        "replies/en.toml",
        &[(
            "a text of placeholders",
            format!("name = \"{}\"", "{x}".repeat(300_000)),
            ":1:8: error: `name` is far too long",
        )],
    );
}

#[test]
fn odd_characters_and_values_are_told_in_plain_ones() {
    let id = |id: &str| routing().replacen("id = \"bribe\"", id, 1);
    let line = line_of("id = \"bribe\"");
    let at = |column: usize, told: &str| format!(":{line}:{column}: error: {told}");
    expect(
        "routing.toml",
        &[
            (
                "a byte-order mark and Windows line ends",
                format!("\u{feff}{}", routing().replace('\n', "\r\n")),
                "",
            ),
            (
                "old line ends",
                routing().replace('\n', "\r"),
                ":1:32: error: carriage return must be followed by newline",
            ),
            (
                "NUL bytes",
                "\0".repeat(100_000),
                ":1:100001: error: key with no value",
            ),
            (
                "a NUL in a word",
                id("id = \"bri\0be\""),
                &at(10, "invalid basic string"),
            ),
            ("a key with escapes", id("\"\\u0069d\" = \"bribe\""), ""),
            (
                "a key with controls",
                id("id = \"bribe\"\n\"a\\u001b[31m\\nb\" = 1"),
                &format!(
                    ":{}:1: error: unknown key `a\\u{{1b}}[31m\\u{{a}}b`",
                    line + 1
                ),
            ),
            (
                "an id that turns the line",
                id("id = \"bri\u{202e}be\""),
                &at(6, "`bri\\u{202e}be` is no id"),
            ),
            (
                "a date for a text",
                id("id = 2026-05-04"),
                &at(6, "`id` must be a text in quotes, not a date"),
            ),
        ],
    );
    assert_eq!(
        told("routing.toml", b"a = 1\nb = \"\xff\"\n"),
        ["routing.toml: error: line 2 of this file is not UTF-8"]
    );
    let line = line_of("sure_enough = ");
    let told = |told: &str| format!(":{line}:15: error: `sure_enough` must be {told}");
    let (out_of_range, no_number) = (told("from 0 to 1"), told("a number, not "));
    let (out_of_range, no_number) = (out_of_range.as_str(), no_number.as_str());
    for (value, answer) in [
        ("nan", out_of_range),
        ("-nan", out_of_range),
        ("inf", out_of_range),
        ("1e400", out_of_range),
        ("-1e-400", ""),
        ("99999999999999999999999999", out_of_range),
        ("0x7f", out_of_range),
        ("5_0e-2", ""),
        ("07:32:00", no_number),
        ("\"0.5\"", no_number),
        ("true", no_number),
        ("[0.5]", no_number),
        ("{}", no_number),
    ] {
        expect("routing.toml", &[(value, sure_enough(value), answer)]);
    }
}
