//! The list as the gateway writes it, and as it must not be able to.

use serde_json::{Value, json};

use super::server::{Then, says, server};
use super::{client, settings};
use crate::complaint::Address;
use crate::gateway::listing::{Direction, MessageList, NextPage, NoPage, Page, Wanted};

fn line() -> Wanted {
    Wanted::To(Address::new("+254700000001"))
}

fn text(sid: &str) -> Value {
    json!({
        "account_sid": "AC00000000000000000000000000000001",
        "body": "Maji hakuna", "date_created": "Thu, 24 Aug 2023 05:01:45 +0000", "direction": "inbound",
        "error_code": null, "from": "+254711222333", "num_media": "0", "sid": sid, "status": "received", "to": "+254700000001",
    })
}

fn with(sid: &str, key: &str, value: Value) -> Value {
    let mut text = text(sid);
    text[key] = value;
    text
}

fn list(texts: &[Value], next: Value) -> Then {
    let body = json!({ "messages": texts, "next_page_uri": next });
    says("200 OK", "", &body.to_string())
}

async fn first_page(then: Then) -> Result<Page, NoPage> {
    let server = server(then);
    let page = client(settings(&server.base)).page(&line(), None).await;
    for secret in ["711222333", "700000001", "Maji", "secret", "http"] {
        assert!(!format!("{page:?}").contains(secret), "{page:?}");
    }
    page
}

#[tokio::test]
async fn it_asks_for_what_came_to_a_number_and_follows_the_gateways_own_words() {
    let next = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?To=%2B254700000001&PageSize=50&Page=1&PageToken=PASM%2F1";
    let server = server(list(&[text("SM1")], json!(next)));
    let gateway = client(settings(&server.base));
    let page = gateway.page(&line(), None).await.unwrap();
    let (only, next_page) = (&page.texts[0], page.next.unwrap());
    assert_eq!(
        (only.sid.as_str(), only.body.as_str()),
        ("SM1", "Maji hakuna")
    );
    assert_eq!(only.direction, Direction::Inbound);
    assert_eq!(only.created_at.unwrap().timestamp(), 1_692_853_305);
    gateway.page(&line(), Some(&next_page)).await.unwrap();

    let requests = server.requests.lock().unwrap();
    assert!(requests[0].starts_with(
        "GET /2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?To=%2B254700000001&PageSize=50 HTTP/1.1\r\n"
    ));
    assert!(requests[0].contains("authorization: Basic U0sxOnNlY3JldA=="));
    assert!(
        requests[1].starts_with(&format!("GET {next} HTTP/1.1\r\n")),
        "verbatim"
    );
}

#[tokio::test]
async fn it_is_not_led_to_another_host() {
    let elsewhere = server(list(&[text("SM1")], Value::Null));
    let here = server(list(&[], Value::Null));
    let gateway = client(settings(&here.base));
    let host = elsewhere.base.trim_start_matches("http:");
    for way in [
        elsewhere.base.clone(),
        host.to_owned(),
        here.base.replace("http:", "https:"),
        here.base.replace("//", "//somebody@"),
        format!("/{}", "x".repeat(5000)),
    ] {
        let led = gateway.page(&line(), Some(&NextPage(way.clone()))).await;
        assert_eq!(
            led.unwrap_err(),
            NoPage::Failed("the list leads away from the gateway"),
            "{way}"
        );
    }
    assert!(elsewhere.requests.lock().unwrap().is_empty());
    assert!(here.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_list_is_told_and_nothing_more() {
    for garbage in [
        "",
        "maji",
        "[]",
        "{}",
        r#"{"messages":7}"#,
        r#"{"messages":{}}"#,
    ] {
        assert!(
            matches!(
                first_page(says("200 OK", "", garbage)).await,
                Err(NoPage::Failed(_))
            ),
            "{garbage}"
        );
    }
    let deep = format!("{{\"messages\":{}", "[".repeat(100_000));
    let huge = format!("{{\"messages\":[\"{}\"]}}", "x".repeat(2 * 1024 * 1024));
    for body in [deep, huge] {
        assert!(matches!(
            first_page(says("200 OK", "", &body)).await,
            Err(NoPage::Failed(_))
        ));
    }
    for then in [
        Then::Close,
        Then::Hang,
        Then::Drip,
        says("302 Found", "location: http://127.0.0.1:9/\r\n", ""),
        says("500 Oh", "", ""),
    ] {
        assert!(matches!(first_page(then).await, Err(NoPage::Failed(_))));
    }
    assert_eq!(
        first_page(says("401 No", "", "{}")).await.unwrap_err(),
        NoPage::Failed("the gateway refuses our account")
    );
}

#[tokio::test]
async fn a_gateway_without_a_list_is_told_from_one_that_lost_a_page() {
    for status in ["404 Not Found", "405 Not Allowed", "501 Not Implemented"] {
        assert_eq!(
            first_page(says(status, "", "{}")).await.unwrap_err(),
            NoPage::NoList
        );
        let server = server(says(status, "", "{}"));
        let gateway = client(settings(&server.base));
        let next = NextPage("?PageToken=1".to_owned());
        let lost = gateway.page(&line(), Some(&next)).await;
        assert!(matches!(lost, Err(NoPage::Failed(_))), "{status}");
    }
}

#[tokio::test]
async fn entries_that_cannot_be_read_are_left_out_and_the_others_stay() {
    let page = first_page(list(
        &[
            json!(null),
            json!("SM0"),
            with("SM0", "account_sid", json!("AC2")),
            with("SM0", "sid", json!("")),
            with("SM0", "sid", json!("SM 0")),
            with("SM0", "sid", json!("x".repeat(129))),
            with("SM0", "to", json!(null)),
            with("SM0", "body", json!(null)),
            with("SM0", "body", json!("x".repeat(70_000))),
            text("SM1"),
            with("SM2", "account_sid", json!(null)),
            with("SM3", "date_created", json!("yesterday")),
            with("SM4", "num_media", json!(1_000_000)),
            with("SM5", "date_created", json!("2023-08-24T05:01:45Z")),
        ],
        json!(""),
    ))
    .await
    .unwrap();
    let sids: Vec<_> = page.texts.iter().map(|text| text.sid.as_str()).collect();
    assert_eq!(sids, ["SM1", "SM2", "SM3", "SM4", "SM5"]);
    assert_eq!(page.next, None);
    assert_eq!(page.texts[2].created_at, None);
    assert_eq!(page.texts[3].media.len(), 10);
    assert!(page.texts[3].media[0].ends_with("/Messages/SM4/Media.json"));
    assert_eq!(page.texts[4].created_at, page.texts[0].created_at);
}
