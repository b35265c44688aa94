//! Files with very much of one thing: answered as soon, and told as shortly, as any other.

use crate::hostile::{expect, lines, routing, with_words};

#[test]
fn what_is_there_many_times_is_told_some_times() {
    let rule = |number: usize| {
        format!("[[rule]]\nid = \"zebra{number}\"\nto = \"nobody{number}\"\nany = [\"zebra\"]")
    };
    let organisation = |number: usize| {
        format!(
            "[[organisation]]\nid = \"zebra{number}\"\nname = \"Z\"\nshort_name = \"Z\"\nemail = \"z@z\"\ncounty = \"wajir\""
        )
    };
    let line = routing().lines().count();
    expect(
        "routing.toml",
        &[
            (
                "words of one rule",
                with_words(&lines(100_000, |number| format!("\"zebra{number}\","))),
                "",
            ),
            (
                "a word of one rule",
                with_words(&"\"zebra\",".repeat(20_000)),
                "",
            ),
            (
                "empty rules",
                "[[rule]]\n".repeat(100_000),
                ":1:1: error: the key `id` is missing",
            ),
            (
                "empty rules, a million",
                "[[rule]]\n".repeat(1_000_000),
                ": error: this file is over 4 MiB",
            ),
            (
                "keys that are none",
                lines(20_000, |number| format!("k{number} = 1")),
                ":1:1: error: unknown section `k0`",
            ),
            (
                "one key",
                "sure_enough = 0.5\n".repeat(10_000),
                ":2:1: error: duplicate key",
            ),
            (
                "one rule",
                routing() + &lines(5_000, |_| rule(0)),
                &format!(":{}:6: error: there is another rule `zebra0`", line + 6),
            ),
            (
                "names without a near one, among many",
                routing() + &lines(2_000, organisation) + &lines(1_100, rule),
                &format!(
                    ":{}:6: error: there is no organisation `nobody0`",
                    line + 12_003
                ),
            ),
            (
                "tests",
                routing()
                    + &lines(5_000, |number| {
                        format!("[[test]]\ntext = \"hakuna maji {number}\"\nto = \"wajir-water\"")
                    }),
                "",
            ),
            (
                "nothing",
                "county = []\norganisation = []\n".to_owned(),
                ":1:10: error: there is no county",
            ),
        ],
    );
    for file in ["service.toml", "replies/en.toml"] {
        let keys = lines(20_000, |number| format!("k{number} = 1"));
        expect(
            file,
            &[("keys that are none", keys, ":1:1: error: unknown ")],
        );
    }
}
