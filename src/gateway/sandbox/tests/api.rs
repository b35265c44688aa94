//! The REST side, and what the carrier reports.

use super::*;

#[actix_web::test]
async fn a_text_of_ours_reaches_the_phone_and_its_callbacks_reach_us_in_order() {
    let house = house().await;
    let outcome = house.send(77, PHONE).await;
    let Outcome::Accepted {
        sid,
        status: Delivery::Queued,
    } = outcome
    else {
        panic!("{outcome:?}")
    };
    let texts = house
        .until(|texts| texts.iter().any(|text| text.steps.len() == 3))
        .await;
    assert_eq!(
        (texts[0].status, texts[0].outbox_id()),
        (Status::Delivered, Some(77))
    );

    let knocks = house.knocks();
    let reports: Vec<_> = knocks
        .iter()
        .map(|knock| (knock.target.as_str(), knock.field("MessageStatus")))
        .collect();
    assert_eq!(
        reports,
        [
            ("/gateway/status?oid=77", "sent"),
            ("/gateway/status?oid=77", "delivered")
        ]
    );
    assert!(
        knocks
            .iter()
            .all(|knock| knock.is_genuine && knock.field("MessageSid") == sid)
    );

    let log: Value =
        serde_json::from_str(&house.get("/sandbox/messages").await.text().await.unwrap()).unwrap();
    assert_eq!(
        (&log[0]["outbox_id"], &log[0]["to"], &log[0]["body"]),
        (&json!(77), &json!(PHONE), &json!("Asante"))
    );
}

#[actix_web::test]
async fn each_fault_looks_to_our_client_like_the_real_one() {
    let house = house().await;
    let is_uncertain = |outcome: &Outcome| matches!(outcome, Outcome::Uncertain { .. });
    let is_not_sent = |outcome: &Outcome| matches!(outcome, Outcome::NotSent { retry_after: Some(wait), .. } if wait.as_secs() == 7);
    let opted_out = Outcome::Rejected {
        code: Some(21_610),
        failure: Failure::OptedOut,
    };

    let mut number = 0;
    let mut try_out = async |fault: Value| {
        number += 1;
        assert_eq!(house.post("/sandbox/faults", fault).await.0, 204);
        let outcome = house.send(number, PHONE).await;
        let taken = house
            .sandbox
            .0
            .ledger
            .newest_first(|text| text.outbox_id() == Some(number));
        (outcome, taken.len() == 1)
    };
    for (fault, is_as_expected, is_taken) in [
        (
            json!({ "mode": "accept-then-reset", "times": 1 }),
            &is_uncertain as &dyn Fn(&Outcome) -> bool,
            true,
        ),
        (
            json!({ "mode": "accept-then-server-error", "times": 1 }),
            &is_uncertain,
            true,
        ),
        (
            json!({ "mode": "accept-then-hang", "times": 1 }),
            &is_uncertain,
            true,
        ),
        (
            json!({ "mode": "server-error-not-accepted" }),
            &is_uncertain,
            false,
        ),
        (
            json!({ "mode": "too-many-requests", "retry_after": 7 }),
            &is_not_sent,
            false,
        ),
        (
            json!({ "mode": "refuse", "code": 21610 }),
            &|outcome| *outcome == opted_out,
            false,
        ),
        (
            json!({ "mode": "none" }),
            &|outcome| matches!(outcome, Outcome::Accepted { .. }),
            true,
        ),
    ] {
        let name = fault["mode"].clone();
        let (outcome, taken) = try_out(fault).await;
        assert!(is_as_expected(&outcome), "{name}: {outcome:?}");
        assert_eq!(taken, is_taken, "{name}");
    }
    assert_eq!(
        house
            .post("/sandbox/faults", json!({ "mode": "meteor" }))
            .await
            .0,
        400
    );
    house.sandbox.close();
}

#[actix_web::test]
async fn a_carrier_that_fails_says_why_and_one_that_is_silent_says_nothing() {
    let house = house().await;
    house
        .sandbox
        .fail(Fault::Undelivered { code: 30_003 }, Some(1));
    house.send(1, PHONE).await;
    house
        .until(|texts| texts.iter().any(|text| text.steps.len() == 3))
        .await;
    let knocks = house.knocks();
    assert_eq!(knocks.len(), 2);
    assert_eq!(
        (
            knocks[1].field("MessageStatus"),
            knocks[1].field("ErrorCode")
        ),
        ("undelivered", "30003")
    );

    house.sandbox.fail(Fault::NoCallbacks, None);
    house.send(2, PHONE).await;
    house
        .until(|texts| {
            texts
                .iter()
                .any(|text| text.outbox_id() == Some(2) && text.steps.len() == 3)
        })
        .await;
    assert_eq!(house.knocks().len(), 2, "no callback");
}

#[actix_web::test]
async fn the_api_asks_who_calls() {
    let house = house().await;
    let list = format!("{}/2010-04-01/Accounts/{ACCOUNT}/Messages.json", house.base);
    let nobody = house.http.get(&list).send().await.unwrap();
    assert_eq!(nobody.status(), 401);
    assert!(nobody.headers().contains_key("www-authenticate"));
    assert!(nobody.text().await.unwrap().contains("\"code\":20003"));
    let liar = house
        .http
        .get(&list)
        .basic_auth("SK1", Some("guess"))
        .send()
        .await
        .unwrap();
    assert_eq!(liar.status(), 401);
    let elsewhere = list.replace(ACCOUNT, "AC00000000000000000000000000000000");
    let stranger = house
        .http
        .get(elsewhere)
        .basic_auth("SK1", Some("secret"))
        .send()
        .await
        .unwrap();
    assert_eq!(stranger.status(), 404);
}

#[actix_web::test]
async fn texts_are_made_found_redacted_and_deleted() {
    let house = house().await;
    let form = format!(
        "To=%2B254700100200&From=%2B{}&Body=Habari",
        LINE.trim_start_matches('+')
    );
    let (status, made) = house.rest("POST", "/Messages", &form).await;
    assert_eq!((status, &made["status"]), (201, &json!("queued")));
    let one = format!("/Messages/{}.json", made["sid"].as_str().unwrap());

    assert_eq!(house.rest("GET", &one, "").await.1["body"], "Habari");
    assert_eq!(
        house.rest("GET", one.trim_end_matches(".json"), "").await.0,
        200
    );
    let (_, list) = house
        .rest("GET", "/Messages.json?To=%2B254700100200&PageSize=1", "")
        .await;
    assert_eq!(
        (&list["messages"][0]["sid"], &list["next_page_uri"]),
        (&made["sid"], &Value::Null)
    );
    assert_eq!(house.rest("POST", &one, "Body=other").await.0, 400);
    assert_eq!(house.rest("POST", &one, "Body=").await.1["body"], "");
    assert_eq!(house.rest("DELETE", &one, "").await.0, 204);
    for method in ["GET", "DELETE"] {
        let (status, error) = house.rest(method, &one, "").await;
        assert_eq!((status, &error["code"]), (404, &json!(20404)), "{method}");
    }
    let (status, error) = house
        .rest("POST", "/Messages.json", "To=garbage&From=x&Body=y")
        .await;
    assert_eq!(
        (status, &error["code"], &error["status"]),
        (400, &json!(21211), &json!(400))
    );
    assert_eq!(
        error["more_info"],
        "https://www.twilio.com/docs/errors/21211"
    );
}

#[actix_web::test]
async fn what_a_restart_interrupted_is_delivered_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("phones.jsonl");
    let never = Duration::from_secs(3600);
    let before = house_with(("text/xml", ""), |settings| {
        settings.store = Some(journal.clone());
        settings.carrier_delay = never;
    });
    let before = before.await;
    before.send(9, PHONE).await;
    // As a kill would leave it; the first one still has its own open.
    let left = folder.path().join("left.jsonl");
    std::fs::copy(&journal, &left).unwrap();

    let after = house_with(("text/xml", ""), |settings| settings.store = Some(left)).await;
    after.sandbox.resume();
    let texts = after
        .until(|texts| texts.iter().any(|text| text.status == Status::Delivered))
        .await;
    assert_eq!((texts.len(), texts[0].outbox_id()), (1, Some(9)));
}
