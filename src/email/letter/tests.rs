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
