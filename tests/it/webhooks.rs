//! Webhooks as gateways, and others, send them: each with its own clear answer, and nothing lost.

use jibu::gateway::form::parse_form;
use jibu::gateway::signature::{SigningKey, sign};
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::served::{ACCOUNT, KEY, PATIENCE, Served, encoded, form, post, post_body};
use crate::world::{AMINA, new_sid};

/// The outcome that is on record for a message, if it was taken in.
async fn outcome(served: &Served, sid: &str) -> Option<String> {
    let sid = sid.to_owned();
    let store = served.service.as_ref().unwrap().store().clone();
    store
        .read(move |reader| Ok(reader.message(&sid)?.map(|message| message.outcome)))
        .await
        .unwrap()
}

fn without(form: &[(String, String)], name: &str) -> Vec<(String, String)> {
    form.iter()
        .filter(|(key, _)| key != name)
        .cloned()
        .collect()
}

fn with(form: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut form = without(form, name);
    form.push((name.to_owned(), value.to_owned()));
    form
}

#[tokio::test]
async fn a_genuine_text_is_taken_in_and_answered_with_an_empty_response() {
    let served = Served::start().await;
    let sid = new_sid();
    let form = form(
        &sid,
        AMINA,
        "Borehole at Habasswein is broken, no water 5 days",
    );
    let answer = post(&served.client, &served.url, "/gateway/inbound", &form, KEY).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/xml")
    );
    assert!(answer.headers().get("set-cookie").is_none());
    assert_eq!(answer.text().await.unwrap(), "<Response/>");
    assert_eq!(outcome(&served, &sid).await.as_deref(), Some("complaint"));
    served.settled().await;
    let accepted = served.accepted().await;
    assert_eq!(accepted.len(), 1);
    assert!(
        accepted[0]["body"].as_str().unwrap().contains("Complaint"),
        "{accepted:?}"
    );
    served.stop().await;
}

#[tokio::test]
async fn get_is_as_good_as_post() {
    let served = Served::start().await;
    let sid = new_sid();
    let target = format!(
        "/gateway/inbound?{}",
        encoded(&form(&sid, AMINA, "no water"))
    );
    let url = format!("{}{target}", served.url);
    let signature = sign(&SigningKey::parse(KEY).unwrap(), &url, &[]);
    let answer = served
        .client
        .get(&url)
        .header("X-Twilio-Signature", signature)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(outcome(&served, &sid).await.as_deref(), Some("complaint"));
    served.stop().await;
}

#[tokio::test]
async fn what_is_forged_altered_or_elses_is_refused_and_leaves_no_trace() {
    let served = Served::start().await;
    let genuine = form(&new_sid(), AMINA, "no water");
    let signature = |path: &str, body: &str, key: &str| {
        sign(
            &SigningKey::parse(key).unwrap(),
            &format!("{}{path}", served.url),
            &parse_form(body.as_bytes()),
        )
    };
    let good = signature("/gateway/inbound", &encoded(&genuine), KEY);
    let other_account = encoded(&with(
        &genuine,
        "AccountSid",
        "AC00000000000000000000000000000002",
    ));
    let cases = [
        ("no signature", encoded(&genuine), None),
        ("an empty one", encoded(&genuine), Some(String::new())),
        ("no base64", encoded(&genuine), Some("§§§".to_owned())),
        (
            "another key's",
            encoded(&genuine),
            Some(signature("/gateway/inbound", &encoded(&genuine), "other")),
        ),
        (
            "another path's",
            encoded(&genuine),
            Some(signature("/gateway/status", &encoded(&genuine), KEY)),
        ),
        (
            "altered words",
            encoded(&with(&genuine, "Body", "no water!")),
            Some(good.clone()),
        ),
        (
            "an added field",
            encoded(&with(&genuine, "Extra", "1")),
            Some(good.clone()),
        ),
        (
            "a removed field",
            encoded(&without(&genuine, "FromCountry")),
            Some(good),
        ),
        (
            "another account's",
            other_account.clone(),
            Some(signature("/gateway/inbound", &other_account, KEY)),
        ),
    ];
    for (case, body, signature) in cases {
        let mut request = served
            .client
            .post(format!("{}/gateway/inbound", served.url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Host", "somewhere.else.example")
            .header("X-Forwarded-Host", "somewhere.else.example")
            .body(body);
        if let Some(signature) = signature {
            request = request.header("X-Twilio-Signature", signature.as_bytes());
        }
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::FORBIDDEN,
            "{case}"
        );
    }
    let sid = genuine
        .iter()
        .find(|(name, _)| name == "MessageSid")
        .unwrap()
        .1
        .clone();
    assert_eq!(outcome(&served, &sid).await, None);
    served.stop().await;
}

#[tokio::test]
async fn signed_but_unusable_forms_are_told_what_is_missing() {
    let served = Served::start().await;
    let whole = form(&new_sid(), AMINA, "no water");
    for field in ["MessageSid", "From", "To", "Body", "AccountSid"] {
        let answer = post(
            &served.client,
            &served.url,
            "/gateway/inbound",
            &without(&whole, field),
            KEY,
        )
        .await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{field}");
        assert!(answer.text().await.unwrap().contains(field));
    }
    for (field, bad) in [
        ("From", " "),
        ("MessageSid", ""),
        ("MessageSid", "with space"),
        ("MessageSid", &"x".repeat(200)),
    ] {
        let answer = post(
            &served.client,
            &served.url,
            "/gateway/inbound",
            &with(&whole, field, bad),
            KEY,
        )
        .await;
        assert_eq!(
            answer.status(),
            StatusCode::BAD_REQUEST,
            "{field} = {bad:?}"
        );
    }
    let answer = post_body(
        &served.client,
        &served.url,
        "/gateway/inbound",
        vec![b'x'; 1 << 20],
        KEY,
    )
    .await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        served
            .client
            .put(format!("{}/gateway/inbound", served.url))
            .send()
            .await
            .unwrap()
            .status()
            .as_u16(),
        405
    );
    served.stop().await;
}

#[tokio::test]
async fn a_signed_body_that_is_no_form_is_told_so() {
    let served = Served::start().await;
    let body = r#"{"Body":"no water"}"#;
    // SHA-256 of it, as `sha256sum` says.
    let hash = "400daaf5c6e17149d69939b0624c0051e7249250cd40763ec3170a0161b72f60";
    let url = format!("{}/gateway/inbound?bodySHA256={hash}", served.url);
    let signature = sign(&SigningKey::parse(KEY).unwrap(), &url, &[]);
    let json = |body: &'static str| {
        served
            .client
            .post(&url)
            .header("Content-Type", "application/json")
            .header("X-Twilio-Signature", &signature)
            .body(body)
            .send()
    };
    let told = json(body).await.unwrap();
    assert_eq!(told.status(), StatusCode::BAD_REQUEST);
    assert_eq!(told.text().await.unwrap(), "the body is no form");
    let altered = json(r#"{"Body":"no food"}"#).await.unwrap();
    assert_eq!(altered.status(), StatusCode::FORBIDDEN);
    served.stop().await;
}

#[tokio::test]
async fn odd_texts_are_taken_in_whatever_they_hold() {
    let served = Served::start().await;
    let long = "maji ".repeat(320);
    for (count, (body, meaning)) in [
        ("", "help"),
        ("   \n ", "help"),
        ("👍👍", "help"),
        ("\u{200f}\u{202e}", "help"),
        (long.as_str(), "complaint"),
        ("💧 hakuna maji 😢 kwa siku tano", "complaint"),
        ("لا يوجد ماء في القرية منذ خمسة أيام", "complaint"),
        ("\u{200f}بئر مكسورة\u{200f} 5", "complaint"),
        ("no water, call me on 0712 345 678", "complaint"),
        ("=cmd|' /C calc'!A0", "complaint"),
        ("<script>alert(1)</script>", "complaint"),
        ("null\u{0}byte and \u{1b}[31mred", "complaint"),
    ]
    .into_iter()
    .enumerate()
    {
        let (sid, phone) = (new_sid(), format!("+2547110001{count:02}"));
        assert_eq!(
            served.deliver(&sid, &phone, body).await,
            StatusCode::OK,
            "{body:?}"
        );
        assert_eq!(
            outcome(&served, &sid).await.as_deref(),
            Some(meaning),
            "{body:?}"
        );
        let kept = kept_words(&served, &sid).await;
        assert_eq!(kept, body, "the words are kept as they came");
    }
    served.stop().await;
}

async fn kept_words(served: &Served, sid: &str) -> String {
    let sid = sid.to_owned();
    let store = served.service.as_ref().unwrap().store().clone();
    store
        .read(move |reader| Ok(reader.message(&sid)?.unwrap().words))
        .await
        .unwrap()
}

#[tokio::test]
async fn bytes_that_are_no_text_lose_only_what_cannot_be_read() {
    let served = Served::start().await;
    for (escapes, kept) in [
        ("no%20water%FF%FE", "no water\u{fffd}\u{fffd}"),
        ("100%zz%20no%20water%4", "100%zz no water%4"),
    ] {
        let sid = new_sid();
        let body = encoded(&form(&sid, AMINA, "BODY")).replace("BODY", escapes);
        let answer = post_body(
            &served.client,
            &served.url,
            "/gateway/inbound",
            body.into_bytes(),
            KEY,
        )
        .await;
        assert_eq!(answer.status(), StatusCode::OK, "{escapes}");
        assert_eq!(kept_words(&served, &sid).await, kept);
    }
    served.stop().await;
}

#[tokio::test]
async fn a_picture_without_words_is_a_complaint() {
    let served = Served::start().await;
    let sid = new_sid();
    let mut form = with(&form(&sid, AMINA, ""), "NumMedia", "1");
    form.push((
        "MediaUrl0".to_owned(),
        format!("https://gateway.example/{ACCOUNT}/media/1"),
    ));
    form.push(("MediaContentType0".to_owned(), "image/jpeg".to_owned()));
    let answer = post(&served.client, &served.url, "/gateway/inbound", &form, KEY).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(outcome(&served, &sid).await.as_deref(), Some("complaint"));
    served.stop().await;
}

#[tokio::test]
async fn machines_are_heard_and_not_answered() {
    let served = Served::start().await;
    for from in ["21801", "SAFARICOM", "+254700100200"] {
        let sid = new_sid();
        assert_eq!(
            served
                .deliver(&sid, from, "Borehole in Tarbaj is broken")
                .await,
            StatusCode::OK
        );
        assert_eq!(
            outcome(&served, &sid).await.as_deref(),
            Some("complaint"),
            "{from}"
        );
    }
    served.settled().await;
    assert!(served.accepted().await.is_empty());
    served.stop().await;
}

#[tokio::test]
async fn a_new_key_and_an_old_one_are_both_good_while_they_are_changed() {
    let served =
        Served::start_with(&[("gateway.signature_keys", "old-key,hmac-sha256:new-key")]).await;
    for key in ["old-key", "hmac-sha256:new-key"] {
        let form = form(&new_sid(), AMINA, "no water");
        let answer = post(&served.client, &served.url, "/gateway/inbound", &form, key).await;
        assert_eq!(answer.status(), StatusCode::OK, "{key}");
    }
    for key in ["new-key", "hmac-sha256:old-key", KEY] {
        let form = form(&new_sid(), AMINA, "no water");
        let answer = post(&served.client, &served.url, "/gateway/inbound", &form, key).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{key}");
    }
    served.stop().await;
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let served = Served::start().await;
    let mut slow = tokio::net::TcpStream::connect(served.url.trim_start_matches("http://"))
        .await
        .unwrap();
    slow.write_all(
        b"POST /gateway/inbound HTTP/1.1\r\nHost: jibu\r\nContent-Length: 100\r\n\r\nFrom=",
    )
    .await
    .unwrap();
    let mut answer = [0; 12];
    tokio::time::timeout(PATIENCE, slow.read_exact(&mut answer))
        .await
        .expect("it is told in time")
        .unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    served.stop().await;
}
