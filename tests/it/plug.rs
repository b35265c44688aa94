//! Pull the plug in the middle of it: nothing that was answered with 2xx is lost, nothing is done or said twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::{Client, StatusCode};
use tokio::task::JoinSet;

use crate::process::{Process, free_port, gateway_for};
use crate::served::{KEY, accepted, client, form, wait_for};
use crate::world::{new_sid, past_the_store};

const TEXTS: usize = 2_000;
const AT_ONCE: usize = 16;
/// The plug is pulled when so many were answered.
const KILL_AT: [usize; 3] = [300, 900, 1_500];

#[derive(Clone)]
struct Text {
    sid: String,
    from: String,
    body: String,
}

fn texts() -> Vec<Text> {
    (0..TEXTS)
        .map(|index| Text {
            sid: new_sid(),
            from: format!("+25471{index:07}"),
            body: format!("Borehole number {index} in Tarbaj is broken"),
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_is_done_twice() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let (_sandbox, gateway) = gateway_for(&format!("http://127.0.0.1:{port}"));
    let changes = [
        ("limits.replies_per_minute", "100000"),
        ("limits.segments_per_day", "100000"),
    ];
    let texts = texts();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut rest = texts.clone();

    for kill_at in KILL_AT {
        let mut process = Process::serve(folder.path(), port, &gateway, &changes).await;
        let answered = Arc::new(AtomicUsize::new(taken.len()));
        let delivering = tokio::spawn(deliver(
            process.url.clone(),
            rest.clone(),
            Arc::clone(&answered),
        ));
        wait_for("enough texts to be answered", async || {
            (answered.load(Ordering::SeqCst) >= kill_at).then_some(())
        })
        .await;
        process.kill();
        taken.extend(delivering.await.unwrap());
        rest.retain(|text| !taken.contains(&text.sid));
        assert!(
            !rest.is_empty(),
            "the plug was pulled too late to prove anything"
        );
    }

    let mut process = Process::serve(folder.path(), port, &gateway, &changes).await;
    settled(&process.url).await;
    let kept = answers(folder.path());
    for sid in &taken {
        let answer = kept.get(sid).expect("a text that got 200 is there");
        assert!(answer.is_some(), "and it is answered, or uncertain: {sid}");
    }

    // All of them again, as a gateway that never saw our answers would.
    let url = process.url.clone();
    let again = deliver(url, texts.clone(), Arc::default()).await;
    assert_eq!(again.len(), TEXTS);
    settled(&process.url).await;
    process.terminate();
    assert!(process.wait().success());

    let kept = answers(folder.path());
    assert_eq!(kept.len(), TEXTS);
    let states: Vec<&str> = kept
        .values()
        .flatten()
        .map(|(_, state)| state.as_str())
        .collect();
    assert_eq!(states.len(), TEXTS, "each text is answered by one row");
    assert!(
        states
            .iter()
            .all(|state| ["accepted", "sent", "delivered", "uncertain"].contains(state)),
        "{states:?}"
    );
    let uncertain = states.iter().filter(|state| **state == "uncertain").count();
    assert!(
        uncertain <= KILL_AT.len() * AT_ONCE,
        "no more than were in flight at each kill: {uncertain}"
    );
    assert_eq!(complaints(folder.path()), TEXTS, "no complaint twice");

    let mut by_row: BTreeMap<String, usize> = BTreeMap::new();
    for text in accepted(&client(), &gateway).await {
        *by_row.entry(text["outbox_id"].to_string()).or_default() += 1;
    }
    let twice: Vec<_> = by_row.iter().filter(|(_, times)| **times > 1).collect();
    assert!(
        twice.is_empty(),
        "texts that the gateway got twice: {twice:?}"
    );
    assert!(
        by_row.len() >= TEXTS - uncertain,
        "every certain answer reached the gateway"
    );
}

/// Delivers the texts, some at once; the ids of those that were answered with 200.
async fn deliver(url: String, texts: Vec<Text>, answered: Arc<AtomicUsize>) -> BTreeSet<String> {
    let client = client();
    let mut tasks = JoinSet::new();
    for share in texts.chunks(texts.len().div_ceil(AT_ONCE)) {
        tasks.spawn(deliver_in_turn(
            client.clone(),
            url.clone(),
            share.to_vec(),
            Arc::clone(&answered),
        ));
    }
    tasks.join_all().await.into_iter().flatten().collect()
}

async fn deliver_in_turn(
    client: Client,
    url: String,
    texts: Vec<Text>,
    answered: Arc<AtomicUsize>,
) -> Vec<String> {
    let mut taken = Vec::new();
    for text in texts {
        let form = form(&text.sid, &text.from, &text.body);
        let target = format!("{url}/gateway/inbound");
        let Some(status) = try_post(&client, &target, &form).await else {
            return taken;
        };
        assert_eq!(status, StatusCode::OK);
        answered.fetch_add(1, Ordering::SeqCst);
        taken.push(text.sid);
    }
    taken
}

/// `None`: the plug was pulled.
async fn try_post(client: &Client, target: &str, form: &[(String, String)]) -> Option<StatusCode> {
    let body = crate::served::encoded(form);
    let key = jibu::gateway::signature::SigningKey::parse(KEY).unwrap();
    let signature = jibu::gateway::signature::sign(
        &key,
        target,
        &jibu::gateway::form::parse_form(body.as_bytes()),
    );
    let sent = client
        .post(target)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Twilio-Signature", signature)
        .body(body)
        .send()
        .await;
    sent.ok().map(|answer| answer.status())
}

async fn settled(url: &str) {
    let client = client();
    wait_for("the outbox to settle", async || {
        let health: serde_json::Value = serde_json::from_str(
            &client
                .get(format!("{url}/health"))
                .send()
                .await
                .ok()?
                .text()
                .await
                .ok()?,
        )
        .ok()?;
        let outbox = &health["store"]["outbox"];
        (outbox["pending"] == 0 && outbox["sending"] == 0).then_some(())
    })
    .await;
}

/// For each text that is there: the row that answers it, and its state.
fn answers(folder: &std::path::Path) -> BTreeMap<String, Option<(i64, String)>> {
    let connection = past_the_store(folder);
    let mut statement = connection
        .prepare(
            "SELECT m.sid, o.id, o.state FROM message m LEFT JOIN outbox o ON o.message_id = m.id",
        )
        .unwrap();
    let rows = statement.query_map([], |row| {
        let id: Option<i64> = row.get(1)?;
        Ok((
            row.get::<_, String>(0)?,
            id.map(|id| (id, row.get(2).unwrap())),
        ))
    });
    let rows: Vec<_> = rows.unwrap().map(Result::unwrap).collect();
    let count = rows.len();
    let by_sid: BTreeMap<_, _> = rows.into_iter().collect();
    assert_eq!(by_sid.len(), count, "a text has one row, and one answer");
    by_sid
}

fn complaints(folder: &std::path::Path) -> usize {
    let connection = past_the_store(folder);
    let mut statement = connection.prepare("SELECT id FROM complaint").unwrap();
    statement.query_map([], |_| Ok(())).unwrap().count()
}
