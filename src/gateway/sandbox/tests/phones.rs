//! The phones' side: texts to the line, live events, the page.

use super::*;

#[actix_web::test]
async fn a_text_from_a_phone_knocks_at_our_door_as_the_gateway_does() {
    let house = house().await;
    let typed = json!({ "from": PHONE, "to": LINE, "body": "Maji hakuna 👍 & = + %\n" });
    let (status, answer) = house.post("/sandbox/texts", typed).await;
    assert_eq!((status, &answer["webhook"]), (200, &json!(200)));

    let knocks = house.knocks();
    assert_eq!(knocks.len(), 1);
    let knock = &knocks[0];
    assert!(knock.is_genuine, "signed over the URL and every parameter");
    assert_eq!(knock.target, "/gateway/inbound");
    let sid = answer["sid"].as_str().unwrap();
    for (name, value) in [
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("SmsMessageSid", sid),
        ("AccountSid", ACCOUNT),
        ("From", PHONE),
        ("To", LINE),
        ("Body", "Maji hakuna 👍 & = + %\n"),
        ("NumMedia", "0"),
        ("NumSegments", "1"),
        ("SmsStatus", "received"),
        ("ApiVersion", "2010-04-01"),
        ("FromCountry", "KE"),
        ("FromCity", ""),
    ] {
        assert_eq!(knock.field(name), value, "{name}");
    }
}

#[actix_web::test]
async fn the_page_sees_each_change_live_until_the_end() {
    let house = house().await;
    house
        .post(
            "/sandbox/texts",
            json!({ "from": PHONE, "to": LINE, "body": "maji" }),
        )
        .await;
    let mut events = house.get("/phones/events").await;
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    let first = String::from_utf8(events.chunk().await.unwrap().unwrap().to_vec()).unwrap();
    let texts: Value = serde_json::from_str(first.strip_prefix("data: ").unwrap().trim()).unwrap();
    assert_eq!(
        (
            &texts[0]["body"],
            &texts[0]["encoding"],
            &texts[0]["webhook"]
        ),
        (&json!("maji"), &json!("GSM-7"), &json!(200))
    );
    assert_eq!(texts[0]["steps"].as_array().unwrap().len(), 3);

    house.send(5, PHONE).await;
    let mut seen = String::new();
    while !seen.contains("\"status\":\"delivered\"") {
        seen.push_str(std::str::from_utf8(&events.chunk().await.unwrap().unwrap()).unwrap());
    }
    house.sandbox.close();
    while events.chunk().await.unwrap().is_some() {}
    house.server.stop(true).await;
}

#[actix_web::test]
async fn what_no_phone_can_do_is_refused_in_words() {
    let house = house().await;
    for (from, to, body) in [
        (PHONE, "+254799999999", "x"),
        ("", LINE, "x"),
        (PHONE, LINE, &"x".repeat(1601)),
    ] {
        let (status, answer) = house
            .post(
                "/sandbox/texts",
                json!({ "from": from, "to": to, "body": body }),
            )
            .await;
        assert!(
            status == 400 && answer["error"].is_string(),
            "{to}: {status}"
        );
    }
    assert!(house.knocks().is_empty());
}

#[actix_web::test]
async fn a_service_that_is_down_or_talkative_shows_on_the_phone() {
    let talkative = house_with(("text/plain; charset=utf-8", "ok"), |_| {}).await;
    talkative
        .post(
            "/sandbox/texts",
            json!({ "from": PHONE, "to": LINE, "body": "maji" }),
        )
        .await;
    let texts = talkative.until(|texts| texts.len() == 2).await;
    let reply = texts
        .iter()
        .find(|text| text.direction == Direction::OutboundReply)
        .unwrap();
    assert_eq!((reply.to.as_str(), reply.body.as_str()), (PHONE, "ok"));

    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let down = house_with(("text/xml", ""), |settings| {
        settings.webhook_url = format!("http://{closed}/gateway/inbound")
    });
    let (status, answer) = down
        .await
        .post(
            "/sandbox/texts",
            json!({ "from": PHONE, "to": LINE, "body": "maji" }),
        )
        .await;
    assert_eq!((status, &answer["webhook"]), (200, &json!(0)));
}

#[actix_web::test]
async fn a_draft_is_counted_and_the_page_loads_nothing_from_elsewhere() {
    let house = house().await;
    let count = async |text: &str| house.post("/phones/count", json!({ "text": text })).await.1;
    assert_eq!(
        count("maji").await,
        json!({ "encoding": "GSM-7", "units": 4, "segments": 1, "left": 156 })
    );
    assert_eq!(
        count(&"ж".repeat(71)).await,
        json!({ "encoding": "UCS-2", "units": 71, "segments": 2, "left": 63 })
    );
    for path in [
        "/phones",
        "/phones/phones.css",
        "/phones/phones.js",
        "/phones/phone.js",
        "/phones/keypad.js",
        "/phones/inside.js",
        "/phones/icon.svg",
    ] {
        let file = house.get(path).await;
        assert_eq!(file.status(), 200, "{path}");
        assert!(
            file.headers()["content-security-policy"]
                .to_str()
                .unwrap()
                .starts_with("default-src 'none'")
        );
        assert_eq!(file.headers()["x-content-type-options"], "nosniff");
        assert_eq!(file.headers()["referrer-policy"], "no-referrer");
        assert_eq!(file.headers()["cache-control"], "no-store");
        let content = file.text().await.unwrap().replace("http://www.w3.org/", "");
        assert!(
            !content.contains("http://") && !content.contains("https://"),
            "{path} names another host"
        );
    }
    let line: Value =
        serde_json::from_str(&house.get("/phones/line").await.text().await.unwrap()).unwrap();
    assert_eq!(line, json!({ "name": "Wajir line", "numbers": [LINE] }));
}
