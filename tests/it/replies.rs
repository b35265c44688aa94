//! `jibu replies`: the page that a translator checks.

use std::process::{Command, Output};

use jibu::text::gsm7::{self, Encoding};

use crate::process::shipped;

fn replies(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jibu"));
    command.args(["replies", "--config"]).arg(shipped());
    command.args(arguments).output().unwrap()
}

fn page(arguments: &[&str]) -> String {
    let said = replies(arguments);
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap()
}

/// Each text of a page with the line above it: its keys and its length.
fn texts(page: &str) -> Vec<(&str, &str)> {
    page.split("\n\n")
        .filter_map(|block| block.split_once('\n'))
        .filter(|(head, _)| head.contains(": GSM-7, ") || head.contains(": UCS-2, "))
        .collect()
}

#[test]
fn a_translator_sees_every_text_of_every_language_as_it_is_sent() {
    let page = page(&[]);
    for head in [
        "العربية (ar)",
        "English (en)",
        "Français (fr)",
        "Soomaali (so)",
        "Kiswahili (sw)",
    ] {
        assert!(page.lines().any(|line| line == head), "{head}");
    }
    let texts = texts(&page);
    let file = std::fs::read_to_string(shipped().join("replies/en.toml")).unwrap();
    let keys = file.split("[texts]").nth(1).unwrap().lines();
    let keys = keys
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key);
    for key in keys {
        let of_key = texts.iter().filter(|(head, _)| {
            let keys = head.split(": ").next().unwrap();
            keys.split(" + ").any(|one| one == key)
        });
        let count = of_key.count();
        assert!(
            count >= 5 && count % 5 == 0,
            "{key} stands there {count} times"
        );
    }
    for (head, text) in texts {
        assert!(!text.contains(['{', '}', '[', ']', '\n']), "{text}");
        let count = gsm7::count(text.trim_end());
        let (encoding, most) = match count.encoding {
            Encoding::Gsm7 => ("GSM-7", 1),
            Encoding::Ucs2 => ("UCS-2", 2),
        };
        assert!(count.segments <= most, "{text}");
        let told = format!(
            ": {encoding}, {} {}, {} segment",
            count.units,
            count.encoding.units(),
            count.segments
        );
        assert!(head.contains(&told), "{head}\n{text}");
    }
}

#[test]
fn a_question_stands_with_each_text_that_it_may_come_behind() {
    let page = page(&["--language", "sw"]);
    let text = |keys: &str| {
        let texts = texts(&page);
        let found = texts
            .iter()
            .find(|(head, _)| head.starts_with(&format!("{keys}: ")));
        found
            .unwrap_or_else(|| panic!("no {keys}"))
            .1
            .trim_end()
            .to_owned()
    };
    assert_eq!(
        text("ack_short + ask_sector"),
        "Asante. Malalamiko 482 109 3753 yamepelekwa: Idara ya Maji. Jibu kabla ya 14 Okt. Kuhusu: 1 Maji, 2 Afya, 0 mengine?"
    );
    assert_eq!(
        text("ask_language"),
        "Lugha gani? Jibu kwa tarakimu moja: 1 English, 2 Arabic, 3 Francais, 4 Somali, 5 Kiswahili."
    );
    assert!(!page.contains("(en)"));
}

#[test]
fn a_language_that_is_not_there_is_told_with_those_that_are() {
    let said = replies(&["--language", "om"]);
    assert!(!said.status.success() && said.stdout.is_empty());
    assert_eq!(
        String::from_utf8(said.stderr).unwrap(),
        "error: there is no replies/om.toml; there are: en, ar, fr, so, sw\n"
    );
}
