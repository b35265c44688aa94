//! Against a server of raw TCP, since the faults that matter are those that no HTTP server makes.

mod list;
mod server;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use self::server::{Then, says, server};
use super::*;
use crate::complaint::Delivery;
use crate::gateway::form::{parse_form, text_of};

fn settings(api_base: &str) -> TwilioSettings {
    TwilioSettings {
        api_base: api_base.to_owned(),
        account_sid: "AC00000000000000000000000000000001".to_owned(),
        auth_user: "SK1".to_owned(),
        auth_password: Zeroizing::new("secret".to_owned()),
        sender: Sender::Number(Address::new("+254700000001")),
        status_callback: "https://sms.example.org/gateway/status#rc=5&rp=5xx,ct,rt".to_owned(),
        validity_seconds: Some(900),
    }
}

fn text() -> OutgoingText {
    OutgoingText {
        outbox_id: 77,
        to: Address::new("+254711222333"),
        from: None,
        body: "Asante & karibu: 100% + zaidi".to_owned(),
    }
}

fn client(settings: TwilioSettings) -> TwilioGateway {
    let short = Timeouts {
        connect: Duration::from_millis(400),
        total: Duration::from_millis(400),
    };
    TwilioGateway::new(settings, short).unwrap()
}

/// The outcome of one text, from a server that sees it once; nothing private is in its words.
async fn outcome(then: Then) -> Outcome {
    let server = server(then);
    let outcome = client(settings(&server.base)).send(&text()).await;
    assert_eq!(
        server.requests.lock().unwrap().len(),
        1,
        "exactly one request"
    );
    for secret in ["711222333", "700000001", "Asante", "secret", "http"] {
        assert!(!format!("{outcome:?}").contains(secret), "{outcome:?}");
    }
    outcome
}

fn taken(status: Delivery) -> Outcome {
    Outcome::Accepted {
        sid: "SM1".to_owned(),
        status,
    }
}

fn rejected(code: impl Into<Option<u32>>, failure: Failure) -> Outcome {
    Outcome::Rejected {
        code: code.into(),
        failure,
    }
}

#[tokio::test]
async fn the_request_is_what_the_gateway_expects() {
    let server = server(says(
        "201 Created",
        "",
        r#"{"sid":"SM1","status":"queued"}"#,
    ));
    assert_eq!(
        client(settings(&server.base)).send(&text()).await,
        taken(Delivery::Queued)
    );

    let request = server.requests.lock().unwrap()[0].clone();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with(
        "POST /2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json HTTP/1.1\r\n"
    ));
    assert!(
        head.contains("authorization: Basic U0sxOnNlY3JldA=="),
        "{head}"
    );
    assert!(
        head.contains("content-type: application/x-www-form-urlencoded"),
        "{head}"
    );
    let form = parse_form(body.as_bytes());
    assert_eq!(form.len(), 5);
    assert_eq!(text_of(&form, "To"), Some("+254711222333"));
    assert_eq!(text_of(&form, "From"), Some("+254700000001"));
    assert_eq!(
        text_of(&form, "Body"),
        Some("Asante & karibu: 100% + zaidi")
    );
    assert_eq!(text_of(&form, "ValidityPeriod"), Some("900"));
    assert_eq!(
        text_of(&form, "StatusCallback"),
        Some("https://sms.example.org/gateway/status?oid=77#rc=5&rp=5xx,ct,rt")
    );
}

#[tokio::test]
async fn a_reply_leaves_from_the_number_that_was_texted_also_beside_a_service() {
    let server = server(says(
        "201 Created",
        "",
        r#"{"sid":"SM1","status":"accepted"}"#,
    ));
    let service = Sender::Service("MG00000000000000000000000000000001".to_owned());
    let gateway = client(TwilioSettings {
        sender: service,
        validity_seconds: None,
        ..settings(&server.base)
    });
    let reply = OutgoingText {
        from: Some(Address::new("+254700000002")),
        ..text()
    };
    assert_eq!(gateway.send(&reply).await, taken(Delivery::Accepted));
    assert_eq!(gateway.send(&text()).await, taken(Delivery::Accepted));

    let requests = server.requests.lock().unwrap().clone();
    let form = |at: usize| parse_form(requests[at].split_once("\r\n\r\n").unwrap().1.as_bytes());
    assert_eq!(text_of(&form(0), "From"), Some("+254700000002"));
    for at in [0, 1] {
        assert_eq!(
            text_of(&form(at), "MessagingServiceSid"),
            Some("MG00000000000000000000000000000001")
        );
        assert_eq!(text_of(&form(at), "ValidityPeriod"), None);
    }
    assert_eq!(text_of(&form(1), "From"), None, "the service chooses");
}

#[tokio::test]
async fn what_is_proven_not_to_have_left_may_be_sent_again() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = client(settings(&format!("http://{closed}")))
        .send(&text())
        .await;
    assert!(
        matches!(
            refused,
            Outcome::NotSent {
                retry_after: None,
                ..
            }
        ),
        "{refused:?}"
    );

    let nowhere = client(settings("http://gateway.invalid"))
        .send(&text())
        .await;
    assert!(matches!(nowhere, Outcome::NotSent { .. }), "{nowhere:?}");

    let busy = outcome(says("429 Too Many Requests", "", "{}")).await;
    assert!(
        matches!(
            busy,
            Outcome::NotSent {
                retry_after: None,
                ..
            }
        ),
        "{busy:?}"
    );
    for (header, wait) in [
        ("retry-after: 7\r\n", 7),
        ("retry-after: 999999999\r\n", 3600),
    ] {
        let busy = outcome(says("429 Too Many Requests", header, "{}")).await;
        assert!(
            matches!(busy, Outcome::NotSent { retry_after: Some(after), .. } if after.as_secs() == wait),
            "{busy:?}"
        );
    }
}

#[tokio::test]
async fn a_server_without_tls_never_sees_the_text() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let _hello = connection.read(&mut [0; 2048]);
        connection
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
    });
    let outcome = client(settings(&base)).send(&text()).await;
    assert!(matches!(outcome, Outcome::NotSent { .. }), "{outcome:?}");
}

#[tokio::test]
async fn what_may_have_left_is_uncertain() {
    let huge = format!(
        r#"{{"sid":"SM1","status":"queued","x":"{}"}}"#,
        "x".repeat(70_000)
    );
    let cut = "HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{\"sid\":\"SM1\"".to_owned();
    for (name, then) in [
        ("reset", Then::Reset),
        ("end", Then::Close),
        ("hang", Then::Hang),
        ("slow drip", Then::Drip),
        (
            "500",
            says("500 Internal Server Error", "", r#"{"code":20500}"#),
        ),
        ("502", says("502 Bad Gateway", "", "<html>")),
        (
            "503",
            says(
                "503 Service Unavailable",
                "retry-after: 5\r\n",
                r#"{"code":20503}"#,
            ),
        ),
        ("504", says("504 Gateway Timeout", "", "")),
        ("408", says("408 Request Timeout", "", "")),
        ("truncated", Then::Say(cut)),
        ("half a JSON", says("201 Created", "", r#"{"sid":"SM1""#)),
        ("no JSON", says("200 OK", "", "<html>Welcome</html>")),
        ("no id", says("201 Created", "", r#"{"status":"queued"}"#)),
        (
            "empty id",
            says("201 Created", "", r#"{"sid":"","status":"queued"}"#),
        ),
        ("no HTTP", Then::Say("SSH-2.0-OpenSSH_9.2\r\n".to_owned())),
        ("too much", says("201 Created", "", &huge)),
    ] {
        let outcome = outcome(then).await;
        assert!(
            matches!(outcome, Outcome::Uncertain { .. }),
            "{name}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_says_whose_fault_it_is() {
    let bad = |code: &str| {
        says(
            "400 Bad Request",
            "",
            &format!(r#"{{"code":{code},"message":"no","status":400}}"#),
        )
    };
    assert_eq!(
        outcome(bad("21211")).await,
        rejected(21_211, Failure::Permanent)
    );
    assert_eq!(
        outcome(bad("21610")).await,
        rejected(21_610, Failure::OptedOut)
    );
    assert_eq!(
        outcome(bad("\"21611\"")).await,
        rejected(21_611, Failure::TryLater)
    );
    assert_eq!(
        outcome(bad("21606")).await,
        rejected(21_606, Failure::Misconfigured)
    );
    assert_eq!(
        outcome(bad("99999")).await,
        rejected(99_999, Failure::Permanent)
    );
    let errors = says(
        "422 Unprocessable",
        "",
        r#"{"errors":[{"code":"21610","message":"opted out"}]}"#,
    );
    assert_eq!(outcome(errors).await, rejected(21_610, Failure::OptedOut));
    assert_eq!(
        outcome(says("400 Bad Request", "", "<html>")).await,
        rejected(None, Failure::Permanent)
    );

    for status in ["401 Unauthorized", "403 Forbidden", "404 Not Found"] {
        let answer = says(status, "", r#"{"code":20003,"message":"Authenticate"}"#);
        assert_eq!(
            outcome(answer).await,
            rejected(20_003, Failure::Misconfigured),
            "{status}"
        );
    }
    let elsewhere = says(
        "307 Temporary Redirect",
        "location: http://127.0.0.1:1/\r\n",
        "",
    );
    assert_eq!(
        outcome(elsewhere).await,
        rejected(None, Failure::Misconfigured)
    );
}

#[tokio::test]
async fn other_gateways_spell_their_answers_in_their_own_way() {
    let uuid = r#"{"sid":"3f0a-uuid","status":"QUEUED","num_segments":1,"price":null}"#;
    let expected = Outcome::Accepted {
        sid: "3f0a-uuid".to_owned(),
        status: Delivery::Queued,
    };
    assert_eq!(outcome(says("200 OK", "", uuid)).await, expected);
    let number = says("201 Created", "", r#"{"sid":1234,"status":"teleported"}"#);
    let expected = Outcome::Accepted {
        sid: "1234".to_owned(),
        status: Delivery::Accepted,
    };
    assert_eq!(outcome(number).await, expected, "a status invented since");
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start_and_keep_their_secret() {
    let refuses = |settings| {
        TwilioGateway::new(settings, Timeouts::default())
            .unwrap_err()
            .to_string()
    };
    assert!(refuses(settings("api.example.org")).contains("gateway.api_base"));
    assert!(refuses(settings("ftp://api.example.org")).contains("gateway.api_base"));
    let relative = TwilioSettings {
        status_callback: "/gateway/status".to_owned(),
        ..settings("https://a.example")
    };
    assert!(refuses(relative).contains("server.public_url"));
    assert!(!format!("{:?}", settings("https://a.example")).contains("secret"));
}
