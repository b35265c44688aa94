//! Most of these signatures were made by the gateway's own Python library with the token `12345`.

use super::*;

type Pairs<'a> = &'a [(&'a str, &'a str)];

const CALL: Pairs<'_> = &[
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
];
const CALL_OF_309: Pairs<'_> = &[
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
];
const SMS: &str = "https://sms.example.com/twilio/inbound";

fn params(pairs: Pairs<'_>) -> Vec<Param> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
        .collect()
}

fn key(spelling: &str) -> SigningKey {
    SigningKey::parse(spelling).unwrap()
}

fn verifier(base: &str) -> Verifier {
    Verifier::new(base, vec![key("12345")])
}

#[test]
fn signatures_equal_those_of_the_gateways_own_library() {
    let sid = format!("SM{}", "0".repeat(32));
    let example = "https://example.com/myapp.php?foo=1&bar=2";
    let vectors: &[(&str, Pairs<'_>, &str)] = &[
        (example, CALL, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        (
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            CALL_OF_309,
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        ),
        (
            "https://mycompany.com:443/myapp.php?foo=1&bar=2",
            CALL_OF_309,
            "kvajT1Ptam85bY51eRf/AJRuM3w=",
        ),
        (
            "http://mycompany.com:80/myapp.php?foo=1&bar=2",
            CALL_OF_309,
            "0ZXoZLH/DfblKGATFgpif+LLRf4=",
        ),
        (
            "http://mycompany.com:1234/myapp.php?foo=1&bar=2",
            CALL_OF_309,
            "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        ),
        (
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            &[
                ("Sid", "CA123"),
                ("SidAccount", "AC123"),
                ("Digits", "5678"),
                ("Digits", "1234"),
                ("Digits", "1234"),
            ],
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        ),
        (
            SMS,
            &[
                ("Body", "Grüße 👍 & = + %"),
                ("From", "+4915112345678"),
                ("To", "+4930123456"),
                ("MessageSid", &sid),
            ],
            "9OiEa3c64SRoFk5H/ciEPAamNQQ=",
        ),
        (
            SMS,
            &[("Body", ""), ("From", "+4915112345678")],
            "0koqnXFdEu7Q76/vf+Q84wY69p0=",
        ),
        (
            SMS,
            &[("Body", "  hi \n"), ("From", "+4915112345678")],
            "cJzC25yAuWNk/0otwGI2yCDc7o8=",
        ),
        (
            "https://x.test/",
            &[("b", "1"), ("B", "2"), ("a", "3"), ("A", "4")],
            "k3Uyx/TbYGVAnbKBGn+2B+ywfoc=",
        ),
        (
            "https://x.test/A4B2a3b1",
            &[],
            "k3Uyx/TbYGVAnbKBGn+2B+ywfoc=",
        ),
    ];
    for (url, form, expected) in vectors {
        assert_eq!(sign(&key("12345"), url, &params(form)), *expected, "{url}");
    }
    let sha256 = sign(&key("hmac-sha256:12345"), example, &params(CALL));
    assert_eq!(sha256, "qMztBq0IANMH/q0K9sCfKQJLylezvRdRzRS647SAVow=");
}

#[test]
fn a_webhook_is_believed_with_and_without_the_port() {
    let target = "/myapp.php?foo=1&bar=2";
    let form = params(CALL_OF_309);
    let (bare, https, http, other) = (
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "kvajT1Ptam85bY51eRf/AJRuM3w=",
        "0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
    );
    let believes = |base: &str, signature: &str| verifier(base).verify(target, &form, signature);

    assert!(believes("https://mycompany.com", bare));
    assert!(
        believes("https://mycompany.com", https),
        "the default port may have been signed"
    );
    assert!(believes("https://mycompany.com:443", https));
    assert!(
        believes("https://mycompany.com:443", bare),
        "the default port may have been left out"
    );
    assert!(believes("http://mycompany.com", http));
    assert!(believes("http://mycompany.com:1234", other));
    assert!(
        believes("https://mycompany.com:8443", bare),
        "any port may have been left out"
    );
    assert!(
        !believes("https://mycompany.com", other),
        "a port that is not ours was signed for another service"
    );
    assert!(
        !believes("https://mycompany.com", http),
        "http's port does not go with https"
    );
}

#[test]
fn what_the_gateway_leaves_out_of_the_url_is_left_out_of_the_base() {
    let (form, signature) = (params(CALL_OF_309), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    for base in [
        "https://user:secret@mycompany.com",
        "https://mycompany.com#rc=2&rp=5xx",
        "https://mycompany.com/",
        "https://user:p@ss@mycompany.com:443/#x",
    ] {
        assert!(
            verifier(base).verify("/myapp.php?foo=1&bar=2", &form, signature),
            "{base}"
        );
    }
    assert_eq!(
        signed_url("http://u:p@127.0.0.1:8080/a?b=1#rc=2"),
        "http://127.0.0.1:8080/a?b=1"
    );
    assert_eq!(signed_url("https://h/a@b?c=d@e"), "https://h/a@b?c=d@e");
    assert_eq!(signed_url("https://h?oid=7"), "https://h?oid=7");
}

#[test]
fn a_base_may_have_a_path_and_a_numeric_host() {
    for base in [
        "https://example.org/jibu",
        "http://[::1]",
        "http://[2001:db8::1]:8080",
        "http://127.0.0.1:8080",
    ] {
        let signature = sign(
            &key("12345"),
            &format!("{base}/gateway/inbound"),
            &params(CALL),
        );
        assert!(
            verifier(base).verify("/gateway/inbound", &params(CALL), &signature),
            "{base}"
        );
    }
    let without_port = sign(&key("12345"), "http://[2001:db8::1]/x", &[]);
    assert!(verifier("http://[2001:db8::1]:8080").verify("/x", &[], &without_port));
}

#[test]
fn whatever_is_altered_is_not_believed() {
    let good = sign(&key("12345"), &format!("{SMS}?a=1"), &params(CALL));
    let ours = verifier("https://sms.example.com");
    assert!(ours.verify("/twilio/inbound?a=1", &params(CALL), &good));

    let mut altered = params(CALL);
    altered[3].1 = b"+14158675311".to_vec();
    let mut added = params(CALL);
    added.push((b"FromCity".to_vec(), b"Wajir".to_vec()));
    assert!(
        !ours.verify("/twilio/inbound?a=1", &altered, &good),
        "another sender"
    );
    assert!(
        !ours.verify("/twilio/inbound?a=1", &added, &good),
        "a parameter more"
    );
    assert!(
        !ours.verify("/twilio/inbound?a=1", &params(&CALL[1..]), &good),
        "a parameter less"
    );
    assert!(
        !ours.verify("/twilio/inbound?a=2", &params(CALL), &good),
        "another query"
    );
    assert!(
        !ours.verify("/twilio/status?a=1", &params(CALL), &good),
        "another door"
    );
    assert!(
        !verifier("https://sms.example.net").verify("/twilio/inbound?a=1", &params(CALL), &good),
        "another service"
    );
    for forged in [
        "",
        "=",
        "not base64",
        "AAAA",
        good.strip_suffix("=").unwrap(),
        &format!("{good}AAAA"),
    ] {
        assert!(
            !ours.verify("/twilio/inbound?a=1", &params(CALL), forged),
            "{forged:?}"
        );
    }
}

#[test]
fn several_keys_are_accepted_while_one_replaces_another() {
    let ours = Verifier::new(
        "https://sms.example.com",
        vec![key("hmac-sha256:new"), key("old")],
    );
    for signer in [key("old"), key("hmac-sha256:new")] {
        assert!(
            ours.verify(
                "/twilio/inbound",
                &params(CALL),
                &sign(&signer, SMS, &params(CALL))
            ),
            "{signer:?}"
        );
    }
    for stranger in [key("new"), key("hmac-sha256:old"), key("other")] {
        assert!(
            !ours.verify(
                "/twilio/inbound",
                &params(CALL),
                &sign(&stranger, SMS, &params(CALL))
            ),
            "{stranger:?}"
        );
    }
    let nobody = Verifier::new("https://sms.example.com", Vec::new());
    assert!(!nobody.verify(
        "/twilio/inbound",
        &params(CALL),
        &sign(&key("old"), SMS, &params(CALL))
    ));
}

#[test]
fn a_json_body_is_bound_by_its_hash() {
    let target =
        "/myapp?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";
    let body = br#"{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}"#;
    let signature = "hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=";
    let ours = verifier("https://example.com");
    assert!(ours.verify_body(target, body, signature));
    assert!(!ours.verify_body(target, b"{}", signature), "another body");
    assert!(
        !ours.verify_body(target, body, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        "another signature"
    );
    let unbound = sign(&key("12345"), "https://example.com/myapp", &[]);
    assert!(
        !ours.verify_body("/myapp", body, &unbound),
        "a signature that says nothing of the body"
    );
}

#[test]
fn a_key_hides_itself_and_must_hold_something() {
    assert_eq!(
        format!("{:?}", key("hmac-sha256:topsecret")),
        "SigningKey(Sha256, …)"
    );
    assert_eq!(SigningKey::parse(" ").unwrap_err(), EmptyKey);
    assert_eq!(SigningKey::parse("hmac-sha256:").unwrap_err(), EmptyKey);
}
