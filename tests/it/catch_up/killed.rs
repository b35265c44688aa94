//! The plug is pulled while missed texts are taken in, many pages of them.

use std::collections::BTreeMap;

use super::{has_run_before, nowhere, rows};
use crate::process::{Process, free_port};
use crate::served::wait_for;

const TEXTS: u32 = 160;
/// Enough to see that it is in the middle of it, at a text every five milliseconds.
const KILL_AT: u32 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_on_and_does_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    has_run_before(&folder).await;
    let gateway = nowhere();
    for index in 0..TEXTS {
        let from = format!("+25471{index:07}");
        gateway
            .text(
                &from,
                &format!("Borehole number {index} in Tarbaj is broken"),
            )
            .await;
    }
    let port = free_port();
    let changes = [("limits.replies_per_minute", "24000")];
    let mut process = Process::spawn(folder.path(), port, &gateway.url, &changes)
        .ready()
        .await;
    wait_for("some to be taken in", async || {
        (rows(folder.path(), "message") >= KILL_AT).then_some(())
    })
    .await;
    process.kill();
    let at_the_kill = rows(folder.path(), "message");
    assert!(
        at_the_kill < TEXTS,
        "the plug was pulled too late to prove anything"
    );

    let mut process = Process::serve(folder.path(), port, &gateway.url, &changes).await;
    wait_for("all to be answered", async || {
        let unsent = "outbox WHERE state IN ('pending', 'sending')";
        (rows(folder.path(), "message") == TEXTS && rows(folder.path(), unsent) == 0).then_some(())
    })
    .await;
    process.terminate();
    assert!(process.wait().success());
    assert_eq!(rows(folder.path(), "complaint"), TEXTS, "each once");
    assert_eq!(rows(folder.path(), "outbox"), TEXTS, "each answered once");
    let missed = "alarm WHERE kind = 'webhook_missed' AND times = ";
    assert_eq!(rows(folder.path(), &format!("{missed}{TEXTS}")), 1);

    let mut by_phone: BTreeMap<String, usize> = BTreeMap::new();
    for index in 0..TEXTS {
        let phone = format!("+25471{index:07}");
        let answers = gateway.texts_to(&phone).await.len();
        by_phone.insert(phone, answers);
    }
    assert!(
        by_phone.values().all(|answers| *answers <= 1),
        "{by_phone:?}"
    );
    let log = process.log();
    assert!(log.contains("their webhooks did not come"), "{log}");
    for private in ["+2547", "Tarbaj", "Borehole"] {
        assert!(!log.contains(private), "{private} was logged");
    }
}
