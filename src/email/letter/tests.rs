use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

use super::*;

fn letter() -> Letter {
    Letter {
        id: 7,
        from: Sender {
            name: "Asha wa Maji".to_owned(),
            address: "asha@example.org".to_owned(),
        },
        returns_to: "jibu@example.org".to_owned(),
        to: "halima@water.example".to_owned(),
        reply_to: Some("asha@example.org".to_owned()),
        subject: "Two complaints wait".to_owned(),
        plain: "482 109 3753 waits since Monday.\n".to_owned(),
        html: Some("<p>482 109 3753 waits since Monday.</p>\n".to_owned()),
        follows: None,
        date: "2026-05-04T06:00:00Z".parse().unwrap(),
    }
}

/// The lines of the message's own headers, unfolded: each a name and a value.
fn headers(letter: &Letter) -> Vec<(String, String)> {
    let message = String::from_utf8(letter.compose().unwrap().formatted()).unwrap();
    assert!(message.is_ascii());
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    assert!(
        !head.replace("\r\n", "").contains(['\r', '\n', '\0']),
        "{head}"
    );
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let lines = unfolded.split("\r\n").map(|line| {
        assert!(line.len() < 998, "{line}");
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), value.trim().to_owned())
    });
    lines.collect()
}

fn names(letter: &Letter) -> Vec<String> {
    let mut names: Vec<_> = headers(letter).into_iter().map(|(name, _)| name).collect();
    names.sort();
    names
}

fn value(letter: &Letter, name: &str) -> String {
    let found = headers(letter)
        .into_iter()
        .find(|(header, _)| header == name);
    found.unwrap().1
}

#[test]
fn a_letter_has_the_headers_of_one_that_no_person_typed() {
    let letter = letter();
    for (name, expected) in [
        ("Message-ID", "<jibu-email-7@example.org>"),
        ("From", "\"Asha wa Maji\" <asha@example.org>"),
        ("Sender", "jibu@example.org"),
        ("To", "halima@water.example"),
        ("Reply-To", "asha@example.org"),
        ("Subject", "Two complaints wait"),
        ("Auto-Submitted", "auto-generated"),
        ("Precedence", "bulk"),
        ("X-Auto-Response-Suppress", "All"),
        ("Date", "Mon, 04 May 2026 06:00:00 +0000"),
        ("MIME-Version", "1.0"),
    ] {
        assert_eq!(value(&letter, name), expected, "{name}");
    }
    let envelope = letter.compose().unwrap().envelope().clone();
    assert_eq!(envelope.from().unwrap().to_string(), "jibu@example.org");
    assert_eq!(envelope.to().len(), 1);
}

#[test]
fn a_second_letter_stands_below_the_first() {
    let mut second = letter();
    second.follows = Some(3);
    for name in ["In-Reply-To", "References"] {
        assert_eq!(value(&second, name), "<jibu-email-3@example.org>");
    }
    assert!(!names(&letter()).contains(&"References".to_owned()));
}

#[test]
fn nothing_that_is_written_becomes_a_header_or_a_recipient() {
    let usual = names(&letter());
    let evil = [
        "x\r\nBcc: thief@example.org",
        "x\nBcc: thief@example.org",
        "x\rBcc: thief@example.org",
        "x\u{2028}Bcc: thief@example.org",
        "x\u{85}Bcc: thief@example.org",
        "x\r\n\r\nA second body",
        "x\0y",
        "x\r\n.\r\nMAIL FROM:<thief@example.org>",
        "<thief@example.org>, \"",
        "=?utf-8?q?x=0D=0ABcc:_thief@example.org?=",
        "مياه وجير\r\nBcc: thief@example.org",
        &"long ".repeat(400),
        &"é".repeat(2_000),
    ];
    for evil in evil {
        let mut letter = letter();
        letter.subject = evil.to_owned();
        letter.from.name = evil.to_owned();
        letter.plain = evil.to_owned();
        letter.html = Some(evil.to_owned());
        assert_eq!(names(&letter), usual, "{evil:?}");
        let envelope = letter.compose().unwrap().envelope().clone();
        assert_eq!(envelope.to().len(), 1);
    }
}

#[test]
fn what_is_no_address_is_refused_and_told() {
    for address in [
        "",
        "halima",
        "@water.example",
        "halima@",
        "halima@water.example\r\nBcc: thief@example.org",
        "halima@water.example\0",
        "halima@water.example, thief@example.org",
        "halima@water.example> SIZE=1",
        "\"a b\"@water.example",
        "حليمة@water.example",
        "halima@[127.0.0.1]",
        "halima@water example",
        &format!("{}@water.example", "x".repeat(65)),
        &format!("x@{}.example", "y".repeat(300)),
    ] {
        let changed = |change: fn(&mut Letter, String)| {
            let mut letter = letter();
            change(&mut letter, address.to_owned());
            letter.compose().map(|_| ()).unwrap_err()
        };
        assert_eq!(
            changed(|letter, to| letter.to = to),
            BadField::To,
            "{address:?}"
        );
        assert_eq!(
            changed(|letter, from| letter.from.address = from),
            BadField::From
        );
        assert_eq!(
            changed(|letter, to| letter.reply_to = Some(to)),
            BadField::ReplyTo
        );
        assert_eq!(
            changed(|letter, to| letter.returns_to = to),
            BadField::ReturnsTo
        );
    }
}

#[test]
fn a_domain_stands_as_in_the_dns_and_a_name_in_any_script_is_encoded() {
    let mut letter = letter();
    letter.to = "halima@wäjir.example".to_owned();
    letter.from.name = "إدارة المياه".to_owned();
    assert_eq!(value(&letter, "To"), "halima@xn--wjir-loa.example");
    assert!(
        value(&letter, "From").starts_with("=?utf-8?b?"),
        "{}",
        value(&letter, "From")
    );
    assert!(!format!("{letter:?}{:?}", letter.from).contains("halima"));
}

/// What a mailbox shows for a header's value (RFC 2047 §6.2, RFC 5322 §3.2.4): encoded words beside each other are one, quotes are taken off.
fn shown(value: &str) -> String {
    let mut shown = String::new();
    let mut was_encoded = false;
    for word in value.split_whitespace() {
        let base64 = word
            .strip_prefix("=?utf-8?b?")
            .and_then(|word| word.strip_suffix("?="));
        if !(shown.is_empty() || was_encoded && base64.is_some()) {
            shown.push(' ');
        }
        was_encoded = base64.is_some();
        match base64 {
            Some(base64) => {
                assert!(word.len() <= 75, "{word}");
                let bytes = STANDARD.decode(base64).unwrap();
                shown += &String::from_utf8(bytes).unwrap();
            }
            None => {
                assert!(!word.contains("=?"), "a mailbox would decode {word}");
                shown += word;
            }
        }
    }
    // Where it was cut off behind a word, nobody sees the blank.
    shown.trim_end().to_owned()
}

/// What a mailbox shows as the name of who writes.
fn shown_name(from: &str) -> String {
    let name = from.strip_suffix("<asha@example.org>").unwrap().trim();
    match name.strip_prefix('"') {
        Some(quoted) => {
            let mut quoted = quoted.strip_suffix('"').unwrap().chars();
            let mut name = String::new();
            while let Some(c) = quoted.next() {
                assert_ne!(c, '"', "the quotes end before the name does: {from}");
                name.extend(if c == '\\' { quoted.next() } else { Some(c) });
            }
            name
        }
        None => shown(name),
    }
}

/// What is written in it as one line, said in another way.
fn in_one_line(text: &str) -> String {
    let steers = |c: char| c.is_control() || c.is_whitespace() || "\u{2028}\u{2029}".contains(c);
    let words = text.split(steers).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    let line: Vec<&str> = line.split("=?").collect();
    let cut: String = line.join("= ?").chars().take(200).collect();
    cut.trim_end().to_owned()
}

/// Whatever may be written where a name is expected.
fn written() -> impl Strategy<Value = String> {
    let evil = [
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\r\n\r\n",
        "\r\n.\r\n",
        "\t",
        "\u{b}",
        " ",
        "Bcc: thief@example.org",
        "Bcc:thief@example.org",
        ": ",
        "<thief@example.org>",
        ",",
        ";",
        "\"",
        "\\",
        "(",
        ")",
        "@",
        "=",
        "?",
        "=?utf-8?q?x=0D=0ABcc:_thief@example.org?=",
        "=?utf-8?b?eA0KQmNjOiB0aGllZkBleGFtcGxlLm9yZw==?=",
        "=?",
        "?=",
        "مياه وجير",
        "é",
        "😀",
        "Wajir",
        "of the county",
    ];
    let part = prop_oneof![
        4 => proptest::sample::select(evil.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => ("[a-z]{1,90}", 1..5_usize).prop_map(|(word, times)| word.repeat(times)),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn what_is_written_is_shown_and_becomes_nothing_else(subject in written(), name in written(), body in written()) {
        let usual = letter();
        let written = Letter {
            subject: subject.clone(),
            from: Sender { name: name.clone(), ..usual.from.clone() },
            plain: body.clone(),
            html: Some(body),
            ..usual.clone()
        };
        let there: Vec<_> = headers(&written)
            .into_iter()
            .filter(|(name, _)| !["From", "Subject", "Content-Type"].contains(&name.as_str()))
            .collect();
        let meant: Vec<_> = headers(&usual)
            .into_iter()
            .filter(|(name, _)| !["From", "Subject", "Content-Type"].contains(&name.as_str()))
            .collect();
        prop_assert_eq!(there, meant);
        prop_assert_eq!(names(&written), names(&usual));
        prop_assert_eq!(shown(&value(&written, "Subject")), in_one_line(&subject));
        let from = value(&written, "From");
        let name = in_one_line(&name);
        if name.is_empty() {
            prop_assert_eq!(from, "asha@example.org");
        } else {
            prop_assert_eq!(shown_name(&from), name);
        }
        let envelope = written.compose().unwrap().envelope().clone();
        prop_assert_eq!(envelope.to().len(), 1);
    }
}
